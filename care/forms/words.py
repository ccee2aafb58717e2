"""What people write to each other, and what a counselor writes for themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField
from care.models import Message
from goals.forms import WritingForm

MESSAGE_LENGTH, LINE_LENGTH, NOTE_LENGTH, STATEMENT_LENGTH = 5_000, 500, 20_000, 2_000
# Beginnings that can be changed; there is no answer by a picture alone.
OPENERS = (
    gettext_lazy("I noticed you …"),
    gettext_lazy("Thank you for writing about …"),
    gettext_lazy("It took something to …"),
    gettext_lazy("I wonder what helped when …"),
    gettext_lazy("Could we talk next time about …"),
    gettext_lazy("One thing you might try is …"),
)
NEEDS_TEXT = {"required": gettext_lazy("Write a few words first.")}


class MessageForm(WritingForm):
    """A message."""

    text = WordsField(most=MESSAGE_LENGTH, required=True, lines=4, label=gettext_lazy("Your message"), error_messages=NEEDS_TEXT)
    free_text = ("text",)


class CallForm(WritingForm):
    """Please call me; when, if one likes."""

    text = WordsField(most=LINE_LENGTH, label=gettext_lazy("A good time, if you like"))
    free_text = ("text",)

    def __init__(self, *args: Any, **kwargs: Any):
        # It stands beside the form for a message.
        super().__init__(*args, auto_id="call_%s", **kwargs)


class AgendaForm(WritingForm):
    """A line for next time, and with whom. `partners` are (id, name) of those who can be chosen."""

    text = WordsField(
        most=LINE_LENGTH,
        required=True,
        label=gettext_lazy("What do you want to talk about?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write what you want to talk about. A few words are enough.")},
    )
    connection = forms.ChoiceField(
        label=gettext_lazy("With whom?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose with whom you want to talk about it.")),
    )
    free_text = ("text",)

    def __init__(self, data: Any = None, *, partners: Iterable[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(data, **kwargs)
        choices = list(partners)
        self.fields["connection"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["connection"].widget = forms.HiddenInput()
            self.initial.setdefault("connection", choices[0][0])


class LineForm(WritingForm):
    """Other words for a line; a starred entry needs none."""

    text = WordsField(
        most=LINE_LENGTH,
        label=gettext_lazy("What do you want to talk about?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    free_text = ("text",)

    def __init__(self, data: Any = None, *, is_needed: bool = True, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["text"].required = is_needed
        self.fields["text"].error_messages["required"] = gettext_lazy("Write a few words, or remove the line.")


class StarForm(AgendaForm):
    """An entry for next time: a line about it, and whether the counselor may read it. `open_to` are the ids of those whose
    sharing has a place for single entries.
    """

    show = forms.BooleanField(label=gettext_lazy("Show this entry to them too"), required=False)
    field_order = ["text", "connection", "show"]

    def __init__(self, data: Any = None, *, open_to: Iterable[str] = (), **kwargs: Any):
        super().__init__(data, **kwargs)
        self.open_to = set(open_to)
        self.fields["text"].label = gettext_lazy("A line about it, if you like")
        self.fields["text"].required = False
        if not self.open_to:
            del self.fields["show"]

    def clean(self) -> dict[str, Any]:
        """An entry can be shown only where the sharing has a place for it."""
        values = super().clean() or {}
        if values.get("show") and values.get("connection") not in self.open_to:
            raise ValidationError(
                _("What you share with them has no place for entries. Untick “Show this entry”, or choose another person.")
            )
        return values


class StatementForm(WritingForm):
    """Own words for reports. An empty box takes them away, where there are any."""

    text = WordsField(
        most=STATEMENT_LENGTH,
        lines=8,
        label=gettext_lazy("What do you want to say?"),
        help_text=gettext_lazy("Leave it empty if you do not want to say anything."),
    )
    free_text = ("text",)


class NoteForm(WritingForm):
    """A counselor's own note."""

    text = WordsField(
        most=NOTE_LENGTH,
        required=True,
        lines=8,
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy("It is no part of what the person shares."),
        error_messages={"required": gettext_lazy("Write the note first.")},
    )
    free_text = ("text",)


class CommentForm(WritingForm):
    """A comment on a shared entry, a goal or a day."""

    about = forms.ChoiceField(choices=Message.About.choices, widget=forms.HiddenInput)
    about_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    about_day = forms.DateField(widget=forms.HiddenInput, required=False)
    text = WordsField(most=MESSAGE_LENGTH, required=True, lines=4, label=gettext_lazy("Your comment"), error_messages=NEEDS_TEXT)
    free_text = ("text",)

    def clean(self) -> dict[str, Any]:
        """What it is about must be named: a day by its date, anything else by its id."""
        values = super().clean() or {}
        name = "about_day" if values.get("about") == Message.About.DAY else "about_id"
        if not values.get(name):
            raise ValidationError(
                _("It is not clear what this comment is about. Go back and choose it again. Your words are below.")
            )
        return values

    @property
    def what(self) -> Any:
        """The id or the day."""
        return self.cleaned_data["about_day" if self.cleaned_data["about"] == Message.About.DAY else "about_id"]
