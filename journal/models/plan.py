"""What a person keeps for hard moments, and the days they count, if they want to."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.grants import Category
from accounts.owned import Owned
from accounts.sealing import SealedField
from journal.querysets import PlanManager, SinceManager
from journal.since import Span, span


class PlanLine(Owned):
    """One line of a person's plan for hard moments; people have a phone number beside their name."""

    category = Category.PLAN

    class Part(models.TextChoices):
        """The parts of a plan, in the order they are read in."""

        REASONS = "reasons", _("My reasons")
        SIGNS = "signs", _("My warning signs")
        WAYS = "ways", _("What helps me")
        PLACES = "places", _("Places I stay away from")
        PEOPLE = "people", _("People I can call")
        MEDICINES = "medicines", _("My medicines, and who prescribes them")
        NALOXONE = "naloxone", _("Where the naloxone is")
        OTHERS = "others", _("What I want others to do")

    part = models.CharField(max_length=9, choices=Part)
    position = models.PositiveIntegerField(default=0)
    text = SealedField(label="planline.text")
    phone = SealedField(label="planline.phone")

    objects = PlanManager()

    class Meta(Owned.Meta):
        verbose_name = _("line of the plan")


class Since(Owned):
    """A line of "time since", only for those who want one. Nothing resets it: it is kept, paused, or ended beside a new one."""

    category = Category.PLAN

    name = SealedField(label="since.name")
    start_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    on_today = models.BooleanField(default=True)

    objects = SinceManager()

    class Meta(Owned.Meta):
        verbose_name = _("line of days")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paused_on__isnull=True) | models.Q(paused_on__gte=models.F("start_on")),
                name="journal_since_paused_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("start_on")),
                name="journal_since_ended_after_start",
            ),
        ]

    def until(self, today: date) -> Span:
        """How long it is by `today`, or by the day it was paused or ended."""
        return span(self.start_on, self.ended_on or self.paused_on or today)
