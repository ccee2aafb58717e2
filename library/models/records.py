"""Sources, and help lines with the day they were checked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from library.approvals import refuse_unapproved
from library.blocks import ChannelBlock
from library.editing import HelpLineForm, WordForm, refuse_slurs


class Source(RevisionMixin, index.Indexed, models.Model):
    """A work that a page rests on."""

    slug = models.SlugField(max_length=80, unique=True)
    ref = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Number in the fact base"))
    authors = models.CharField(max_length=240, blank=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=240, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    year_unknown = models.BooleanField(_("no year known"), default=False, help_text=_("Tick this only after you looked it up."))
    address = models.URLField(max_length=300, blank=True)
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("authors")]
    panels = [FieldPanel(name) for name in ("slug", "ref", "authors", "title", "publisher", "year", "year_unknown", "address")]

    class Meta:
        ordering = ["ref", "slug"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def clean(self):
        """A year, or the word that there is none; raises ValidationError."""
        super().clean()
        if self.year is None and not self.year_unknown:
            raise ValidationError({"year": _("Look the year up, or tick “No year known”.")})
        self.year_unknown = self.year is None


class HelpLine(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A service a person can call, text or open. Numbers live here and nowhere else."""

    class Kind(models.TextChoices):
        """What it is for."""

        EMERGENCY = "emergency", _("Emergency")
        CRISIS = "crisis", _("Crisis")
        DRUG = "drug", _("Drugs and treatment")
        OVERDOSE = "overdose", _("Not using alone")
        POISON = "poison", _("Poison")
        VIOLENCE = "violence", _("Violence at home")
        VETERANS = "veterans", _("Veterans")
        YOUTH = "youth", _("Young people")

    class Currency(models.TextChoices):
        """How sure we are that it still works (clinical fact base, "currency marks")."""

        CONFIRMED = "CUR-1", _("Confirmed lately")
        KNOWN = "CUR-2", _("Long known, not freshly confirmed")
        DOUBTFUL = "CUR-3", _("Doubtful: confirm before showing")

    slug = models.SlugField(max_length=80, unique=True)
    country = models.CharField(max_length=2, blank=True, help_text=_("US, CA, GB, AU; empty means elsewhere"))
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    channels = StreamField([("channel", ChannelBlock())], blank=True)
    hours = models.CharField(max_length=80, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=200)
    limits = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=5, choices=Currency)
    checked_on = models.DateField()
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    base_form_class = HelpLineForm
    panels = [
        FieldPanel(name)
        for name in (
            "slug", "country", "kind", "name", "channels", "hours", "languages", "what",
            "limits", "currency", "checked_on", "position", "active",
        )
    ]  # fmt: skip

    class Meta:
        ordering = ["country", "position", "slug"]
        constraints = [
            # A doubtful number must be confirmed before anybody is shown it.
            models.CheckConstraint(
                condition=models.Q(active=False) | ~models.Q(currency="CUR-3"), name="library_helpline_doubtful_is_off"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.country}".strip()

    def publish(self, revision, *args, **kwargs):
        """Put a revision live; raises NotApproved or Hurtful."""
        refuse_slurs(revision.as_object())
        refuse_unapproved(revision)
        return super().publish(revision, *args, **kwargs)


class Term(RevisionMixin, index.Indexed, models.Model):
    """A word that needs explaining, in plain words. Pages explain it where it first appears."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    also = models.CharField(max_length=200, blank=True, help_text=_("Other forms, separated by commas: opioids, opioid drug"))
    meaning = models.CharField(max_length=300, help_text=_("One or two short sentences."))
    retired_at = models.DateTimeField(null=True, blank=True)
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    base_form_class = WordForm
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    panels = [FieldPanel(name) for name in ("slug", "name", "also", "meaning", "retired_at")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("glossary term")

    def __str__(self) -> str:
        return self.name
