"""What readers say of a page, without saying who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """One answer to "was this helpful?". No person, no free text, no time of day: nothing that could name anybody."""

    class Missing(models.TextChoices):
        """What was missing."""

        NOTHING = "", _("Nothing")
        HARD = "hard", _("It was hard to understand")
        LONG = "long", _("It was too long")
        MORE = "more", _("I wanted to know more")
        NOT_MINE = "not-mine", _("It does not fit my situation")
        WRONG = "wrong", _("Something may be wrong or out of date")
        COLD = "cold", _("It felt cold or judging")

    page_code = models.CharField(max_length=3)
    helpful = models.BooleanField()
    missing = models.CharField(max_length=8, choices=Missing, blank=True)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["page_code", "day"], name="library_feedback_by_page")]

    def __str__(self) -> str:
        return f"{self.page_code} {self.day}"
