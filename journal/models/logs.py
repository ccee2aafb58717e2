"""What a person logs: the day, a craving, an entry, and words of their own for what they notice."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.grants import Category
from accounts.ids import new_id
from accounts.owned import Owned
from accounts.sealing import SealedField
from journal.querysets import CheckInManager, CravingManager, JournalManager, LapseManager, PrivateManager, TaggedManager


def rating(least: int, most: int, *, required: bool = False) -> models.PositiveSmallIntegerField:
    """A whole number on a scale; empty means not answered."""
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(null=not required, blank=not required, validators=bounds)


def within(name: str, least: int, most: int) -> models.Q:
    """The condition that a rating is empty or on its scale."""
    return models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__gte": least, f"{name}__lte": most})


class CheckIn(Owned):
    """How a day is going. Several a day are normal: the latest is shown, the earlier ones are its history."""

    category = Category.CHECK_INS

    class Medication(models.TextChoices):
        """Whether medicine was taken as agreed."""

        YES = "yes", _("Yes")
        NO = "no", _("Not today")
        NA = "na", _("Not mine")

    mood = rating(1, 5)
    craving = rating(0, 10)
    sleep = rating(1, 3)
    medication = models.CharField(max_length=3, choices=Medication, blank=True)
    note = SealedField(label="checkin.note")

    objects = CheckInManager()

    class Meta(Owned.Meta):
        verbose_name = _("check-in")
        constraints = [
            models.CheckConstraint(condition=within("mood", 1, 5), name="journal_checkin_mood_on_scale"),
            models.CheckConstraint(condition=within("craving", 0, 10), name="journal_checkin_craving_on_scale"),
            models.CheckConstraint(condition=within("sleep", 1, 3), name="journal_checkin_sleep_on_scale"),
        ]


class Tagged(Owned):
    """A row with triggers; `taggings` repeats them as an index that counts and finds."""

    triggers = models.JSONField(default=list, blank=True)

    class Meta(Owned.Meta):
        abstract = True


class Craving(Tagged):
    """A craving: how strong, what set it off, what was done, how strong after."""

    category = Category.CRAVINGS

    class Outcome(models.TextChoices):
        """How it went on. The last label is shown in the person's own word."""

        PASSED = "passed", _("It passed")
        EASED = "eased", _("It eased")
        STILL = "still", _("It is still here")
        USED = "used", _("I used")

    intensity = rating(0, 10, required=True)
    intensity_after = rating(0, 10)
    outcome = models.CharField(max_length=6, choices=Outcome, blank=True)
    strategies = models.JSONField(default=list, blank=True)
    note = SealedField(label="craving.note")

    objects = CravingManager()

    class Meta(Tagged.Meta):
        verbose_name = _("craving")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(intensity__gte=0, intensity__lte=10), name="journal_craving_intensity_on_scale"
            ),
            models.CheckConstraint(condition=within("intensity_after", 0, 10), name="journal_craving_after_on_scale"),
        ]


class Entry(Tagged):
    """A journal entry: "what went well, what is next", or free writing."""

    category = Category.ENTRIES

    title = SealedField(label="entry.title")
    body = SealedField(label="entry.body")
    went_well = SealedField(label="entry.went_well")
    what_next = SealedField(label="entry.what_next")
    prompt = models.SlugField(max_length=100, blank=True)

    objects = TaggedManager()

    class Meta(Tagged.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")


class Lapse(Owned):
    """A return to use, written down; nothing is reset by it. `withheld` keeps this one to its owner, whatever else is
    shared. The last three texts are the look back, some days later."""

    category = Category.LAPSES

    class LookBack(models.TextChoices):
        """What became of the offer to look back; it is made once."""

        DONE = "done", _("written")
        DECLINED = "declined", _("not wanted")

    triggers = models.JSONField(default=list, blank=True)
    withheld = models.BooleanField(default=False)
    look_back = models.CharField(max_length=8, choices=LookBack, blank=True)
    note = SealedField(label="lapse.note")
    before = SealedField(label="lapse.before")
    helped = SealedField(label="lapse.helped")
    next_time = SealedField(label="lapse.next_time")

    objects = LapseManager()

    class Meta(Owned.Meta):
        verbose_name = _("return to use")
        verbose_name_plural = _("returns to use")


class Draft(Owned):
    """Writing that is not saved yet, kept sealed on the server so that a crash or a lost phone does not take it.

    Its id is the id of the entry it will become.
    """

    category = Category.ENTRIES

    fields = SealedField(label="draft.fields")

    objects = PrivateManager()

    class Meta(Owned.Meta):
        verbose_name = _("draft")


class OwnWord(Owned):
    """A trigger or coping strategy in the person's own words. Whoever may see cravings sees what they were called."""

    category = Category.CRAVINGS

    class Kind(models.TextChoices):
        """What it names."""

        TRIGGER = "trigger", _("trigger")
        STRATEGY = "strategy", _("coping strategy")

    kind = models.CharField(max_length=8, choices=Kind)
    name = SealedField(label="ownword.name")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = JournalManager()

    class Meta(Owned.Meta):
        verbose_name = _("own word")


class Marker(Owned):
    """A day that matters on one's own time axis: something changed, or a questionnaire from elsewhere had a score."""

    category = Category.INSIGHTS

    label = SealedField(label="marker.label")
    instrument = models.SlugField(max_length=20, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = JournalManager()

    class Meta(Owned.Meta):
        verbose_name = _("marker")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(instrument="", score__isnull=True)
                | (~models.Q(instrument="") & models.Q(score__isnull=False)),
                name="journal_marker_score_has_instrument",
            )
        ]


class Tagging(models.Model):
    """One trigger or strategy of one row, as an index. Written and rewritten with its row in one transaction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+", editable=False)
    craving = models.ForeignKey(Craving, models.CASCADE, null=True, blank=True, related_name="taggings")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="taggings")
    kind = models.CharField(max_length=8, choices=OwnWord.Kind)
    key = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(craving__isnull=False, entry__isnull=True)
                | models.Q(craving__isnull=True, entry__isnull=False),
                name="journal_tagging_one_row",
            ),
            models.UniqueConstraint(fields=["craving", "kind", "key"], name="journal_tagging_once_a_craving"),
            models.UniqueConstraint(fields=["entry", "kind", "key"], name="journal_tagging_once_an_entry"),
        ]
        indexes = [models.Index(fields=["person", "kind", "key"], name="journal_tagging_by_key")]

    def __str__(self) -> str:
        return f"tagging {self.pk}"
