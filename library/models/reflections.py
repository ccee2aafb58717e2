"""Guided reflections: one for each underlying cause, one question a page. Offered, never assigned; nothing is scored."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from library.blocks import ReflectionStepBlock
from library.editing import WordForm
from library.models.vocabulary import Cause, CopingStrategy, GoalTemplate


class Reflection(RevisionMixin, models.Model):
    """An exercise of four steps and a close: look, link, need, next (clinical fact base 3.1)."""

    slug = models.SlugField(max_length=60, unique=True, help_text=_("The cause's slug. Stable: entries carry it."))
    cause = models.OneToOneField(Cause, models.PROTECT, related_name="reflection")
    minutes = models.PositiveSmallIntegerField(default=6)
    opening = models.CharField(max_length=400)
    steps = StreamField([("step", ReflectionStepBlock())])
    close = models.CharField(max_length=200, help_text=_("One steadying question about today"))
    safety = models.BooleanField(default=False, help_text=_("Shows the help lines first."))
    steady = models.ForeignKey(CopingStrategy, models.PROTECT, related_name="+", help_text=_("Offered on every page"))
    strategies = models.ManyToManyField(CopingStrategy, blank=True, related_name="reflections")
    templates = models.ManyToManyField(GoalTemplate, blank=True, related_name="reflections")
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    base_form_class = WordForm
    panels = [
        FieldPanel(name)
        for name in ("slug", "cause", "minutes", "opening", "steps", "close", "safety", "steady", "strategies", "templates")
    ]

    class Meta:
        ordering = ["cause__position", "slug"]

    def __str__(self) -> str:
        return str(self.cause)
