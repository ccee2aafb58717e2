"""A return to use: when; what happened; and, days later, a look back. Nothing is required."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField
from journal.forms.logs import NOTE_LENGTH, LogForm, TaggedForm

LOOK_BACK = ("before", "helped", "next_time")


class LapseForm(LogForm):
    """The first page: only when."""

    free_text = ()


class LapseEditForm(TaggedForm):
    """What happened, in any detail or none."""

    note = WordsField(most=NOTE_LENGTH, lines=5, label=gettext_lazy("What happened, if you want to say"))
    withheld = forms.BooleanField(required=False, label=gettext_lazy("Keep this one to myself, also where I share others"))

    field_order = ["triggers", "own_trigger", "note", "withheld", "when", "day", "at", "id", "version"]
    free_text = ("note", "own_trigger")

    def words(self) -> dict[str, str]:
        """The note; an own trigger becomes a row of its own."""
        return {"note": self.cleaned_data.get("note", "")}


class LookBackForm(forms.Form):
    """Three questions; an answer to any of them is enough, and so is none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    before = WordsField(most=NOTE_LENGTH, lines=3, label=gettext_lazy("What came before it?"))
    helped = WordsField(most=NOTE_LENGTH, lines=3, label=gettext_lazy("What helped, even a little, then or since?"))
    next_time = WordsField(most=NOTE_LENGTH, lines=3, label=gettext_lazy("What would you like to try next time?"))
