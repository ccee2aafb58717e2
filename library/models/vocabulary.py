"""The shared names: triggers, causes, coping strategies, life skills, goal templates. Retired, never deleted."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin
from wagtail.search import index

from library.editing import WordForm
from library.words import SLOT

CERTAINTY = RegexValidator(r"^[ABCDX](/[ABCDX])?$", _("Use one letter A to D or X, or two with a slash, such as B/C."))
PAGE_CODE = RegexValidator(r"^P\d\d$", _("Use a page code such as P13."))


class Vocabulary(RevisionMixin, index.Indexed, models.Model):
    """A shared name with a stable address."""

    code = models.CharField(max_length=8, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text=_("Stable: logs carry it. Never change it."))
    name = models.CharField(max_length=80)
    page_code = models.CharField(max_length=3, blank=True, validators=[PAGE_CODE], help_text=_("Its main page"))
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True, help_text=_("Retired words stay in old logs."))
    starter_hash = models.CharField(max_length=130, blank=True, editable=False)

    base_form_class = WordForm
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    first_panels = [FieldPanel("code"), FieldPanel("slug"), FieldPanel("name"), FieldPanel("page_code")]
    last_panels = [FieldPanel("position"), FieldPanel("retired_at")]

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class LifeSkill(Vocabulary):
    """A domain of life skills that goals belong to."""

    description = models.CharField(max_length=200, blank=True)
    panels = [*Vocabulary.first_panels, FieldPanel("description"), *Vocabulary.last_panels]


class CopingStrategy(Vocabulary):
    """Something to do when a craving or a hard feeling comes."""

    summary = models.CharField(max_length=200)
    steps = StreamField([("step", CharBlock(max_length=200))], blank=True)
    minutes_min = models.PositiveSmallIntegerField(default=1)
    minutes_max = models.PositiveSmallIntegerField(default=10)
    caution = models.CharField(max_length=240, blank=True)
    certainty = models.CharField(max_length=3, validators=[CERTAINTY])
    evidence = models.CharField(max_length=240, blank=True)
    works_offline = models.BooleanField(default=True)
    needs_person = models.BooleanField(default=False)
    panels = [
        *Vocabulary.first_panels,
        FieldPanel("summary"),
        FieldPanel("steps"),
        FieldPanel("minutes_min"),
        FieldPanel("minutes_max"),
        FieldPanel("caution"),
        FieldPanel("certainty"),
        FieldPanel("evidence"),
        FieldPanel("works_offline"),
        FieldPanel("needs_person"),
        *Vocabulary.last_panels,
    ]

    class Meta(Vocabulary.Meta):
        verbose_name = _("coping strategy")
        verbose_name_plural = _("coping strategies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes_max__gte=models.F("minutes_min")), name="library_strategy_minutes_in_order"
            )
        ]


class GoalTemplate(Vocabulary):
    """A goal to start from. `{…}` in the name is a place to fill in."""

    name = models.CharField(max_length=200)
    life_skill = models.ForeignKey(LifeSkill, models.PROTECT, related_name="templates")
    why = models.CharField(max_length=240)
    first_step = models.CharField(max_length=200, blank=True)
    steps = StreamField([("step", CharBlock(max_length=200))], blank=True)
    if_then = models.CharField(max_length=240, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    target = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(default=2)
    strategies = models.ManyToManyField(CopingStrategy, blank=True, related_name="templates")
    counts_strategy = models.ForeignKey(
        CopingStrategy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counted_by",
        help_text=_("Logs of it count."),
    )
    panels = [
        *Vocabulary.first_panels,
        FieldPanel("life_skill"),
        FieldPanel("why"),
        FieldPanel("first_step"),
        FieldPanel("steps"),
        FieldPanel("if_then"),
        FieldPanel("measure"),
        FieldPanel("target"),
        FieldPanel("weeks"),
        FieldPanel("strategies"),
        FieldPanel("counts_strategy"),
        *Vocabulary.last_panels,
    ]

    @property
    def plain_name(self) -> str:
        """The name with its places filled by their defaults."""
        return SLOT.sub(r"\1", self.name)


class Trigger(Vocabulary):
    """Something that can set off a craving."""

    class Category(models.TextChoices):
        """Where triggers come from."""

        FEELINGS = "feelings", _("Feelings")
        BODY = "body", _("Body")
        THOUGHTS = "thoughts", _("Thoughts")
        PEOPLE = "people", _("People")
        CUES = "cues", _("Places, things and reminders")
        MONEY_TIME = "money-time", _("Money and time")
        STRESS = "stress", _("Life stress")
        TREATMENT = "treatment", _("Substances and treatment changes")

    category = models.CharField(max_length=12, choices=Category)
    description = models.CharField(max_length=200)
    safety = models.BooleanField(default=False, help_text=_("Shows the safety notice after it is logged."))
    strategies = models.ManyToManyField(CopingStrategy, blank=True, related_name="triggers")
    templates = models.ManyToManyField(GoalTemplate, blank=True, related_name="triggers")
    first_template = models.ForeignKey(
        GoalTemplate, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Offered first, after it is logged.")
    )
    panels = [
        *Vocabulary.first_panels,
        FieldPanel("category"),
        FieldPanel("description"),
        FieldPanel("safety"),
        FieldPanel("strategies"),
        FieldPanel("templates"),
        FieldPanel("first_template"),
        *Vocabulary.last_panels,
    ]


class Cause(Vocabulary):
    """Something that may lie underneath. A menu, never a verdict."""

    description = models.CharField(max_length=240)
    certainty = models.CharField(max_length=3, validators=[CERTAINTY], blank=True)
    strategies = models.ManyToManyField(CopingStrategy, blank=True, related_name="causes")
    panels = [
        *Vocabulary.first_panels,
        FieldPanel("description"),
        FieldPanel("certainty"),
        FieldPanel("strategies"),
        *Vocabulary.last_panels,
    ]

    class Meta(Vocabulary.Meta):
        verbose_name = _("underlying cause")
        verbose_name_plural = _("underlying causes")
