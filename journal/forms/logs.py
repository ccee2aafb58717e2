"""The check-in, the craving log and the entry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import ChipsField, IdField, RatingField, WordsField, cleaned_copy
from journal.forms.when import WhenForm
from journal.models import CheckIn, Craving
from journal.words import STRATEGY, TRIGGER, Words, choices

NOTE_LENGTH, TITLE_LENGTH, BODY_LENGTH, WORD_LENGTH = 2_000, 200, 100_000, 60
MOODS = [
    gettext_lazy("Very low"),
    gettext_lazy("Low"),
    gettext_lazy("So-so"),
    gettext_lazy("Good"),
    gettext_lazy("Very good"),
]
SLEEPS = [gettext_lazy("Badly"), gettext_lazy("OK"), gettext_lazy("Well")]
CRAVING_ENDS: dict[str, Any] = {"low": gettext_lazy("none"), "high": gettext_lazy("as strong as it gets")}


class LogForm(WhenForm):
    """What every log form has: an id, a version when it edits, and the moment."""

    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    free_text: tuple[str, ...] = ("note",)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.submitted = data
        if not self.is_bound:
            self.fields["when"].initial = self.initial.get("when", "now")

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, self.free_text)

    def words(self) -> dict[str, str]:
        """The free text, by sealed field."""
        return {name: self.cleaned_data.get(name, "") for name in self.free_text}


class CheckInForm(LogForm):
    """One card; any one rating is enough."""

    mood = RatingField(1, 5, look="faces", names=MOODS, label=gettext_lazy("How are you?"))
    craving = RatingField(0, 10, **CRAVING_ENDS, label=gettext_lazy("Craving today"))
    sleep = RatingField(1, 3, look="segment", names=SLEEPS, label=gettext_lazy("How did you sleep?"))
    medication = forms.ChoiceField(
        label=gettext_lazy("Medicine taken today?"),
        choices=CheckIn.Medication,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "segment"}),
    )
    note = WordsField(most=NOTE_LENGTH, lines=3, label=gettext_lazy("One line, if you like"))

    field_order = ["mood", "craving", "sleep", "medication", "note", "when", "day", "at", "id", "version"]

    def clean(self):
        """At least one rating, so that the day has something to show."""
        values = super().clean()
        asked = {"mood", "craving", "sleep", "medication"}
        if not asked & set(self.errors) and all(values.get(name) in (None, "") for name in asked):
            self.add_error("mood", ValidationError(_("Choose at least one answer. Any one will do.")))
        return values


class TaggedForm(LogForm):
    """A log with triggers in it, the person's own among them."""

    triggers = ChipsField(label=gettext_lazy("What set it off?"))
    own_trigger = WordsField(most=WORD_LENGTH, label=gettext_lazy("Something else, in your words"))

    def __init__(self, data=None, *, words: Words, recent=((), ()), **kwargs):
        super().__init__(data, **kwargs)
        self.fields["triggers"].choices = choices(words, TRIGGER, recent[0], self.initial.get("triggers", ()))


class CravingForm(TaggedForm):
    """Only the intensity is needed."""

    intensity = RatingField(0, 10, required=True, **CRAVING_ENDS, label=gettext_lazy("How strong is it?"))
    strategies = ChipsField(label=gettext_lazy("What did you do?"))
    own_strategy = WordsField(most=WORD_LENGTH, label=gettext_lazy("Something else you did, in your words"))
    intensity_after = RatingField(0, 10, **CRAVING_ENDS, label=gettext_lazy("How strong is it after?"))
    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it go on?"),
        choices=Craving.Outcome,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "stack"}),
    )
    note = WordsField(most=NOTE_LENGTH, lines=3, label=gettext_lazy("A note, if you like"))

    field_order = [
        "intensity",
        "triggers",
        "own_trigger",
        "strategies",
        "own_strategy",
        "intensity_after",
        "outcome",
        "note",
    ]
    free_text = ("note", "own_trigger", "own_strategy")

    def __init__(self, data=None, *, words: Words, recent=((), ()), **kwargs):
        super().__init__(data, words=words, recent=recent, **kwargs)
        self.fields["strategies"].choices = choices(words, STRATEGY, recent[1], self.initial.get("strategies", ()))

    def words(self) -> dict[str, str]:
        """The note; own words become rows of their own."""
        return {"note": self.cleaned_data.get("note", "")}


class EntryForm(TaggedForm):
    """ "What went well, what is next", or free writing. A few words are enough."""

    title = WordsField(most=TITLE_LENGTH, label=gettext_lazy("Title, if you like"))
    went_well = WordsField(most=BODY_LENGTH, lines=3, label=gettext_lazy("What went well?"))
    what_next = WordsField(most=BODY_LENGTH, lines=3, label=gettext_lazy("What is next?"))
    body = WordsField(most=BODY_LENGTH, lines=3, label=gettext_lazy("Write freely"))
    prompt = forms.SlugField(required=False, max_length=100, widget=forms.HiddenInput)

    field_order = ["title", "went_well", "what_next", "body", "triggers", "own_trigger", "when", "day", "at"]
    free_text = ("title", "body", "went_well", "what_next", "own_trigger")
    sealed = ("title", "body", "went_well", "what_next")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["triggers"].label = _("What is this about?")
        for name, rows in (("went_well", 3), ("what_next", 3), ("body", 10)):
            self.fields[name].widget.attrs.update({"data-look": "caret", "rows": rows})

    def clean(self):
        """Some words somewhere."""
        values = super().clean()
        typed = [name for name in self.sealed if name in self.errors or values.get(name)]
        if not typed:
            self.add_error("body", ValidationError(_("Write a few words first. Three are enough.")))
        return values

    def words(self) -> dict[str, str]:
        """The entry's sealed fields."""
        return {name: self.cleaned_data.get(name, "") for name in self.sealed}


class WordForm(forms.Form):
    """A trigger or strategy in one's own words."""

    id = IdField()
    name = WordsField(most=WORD_LENGTH, required=True, label=gettext_lazy("In your words"))


class SearchForm(forms.Form):
    """Words to look for in one's own text."""

    words = WordsField(most=200, label=gettext_lazy("Search your journal"))
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)
