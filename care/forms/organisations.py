"""Codes and names on the counselor's side, and what an organisation says of itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField, cleaned_copy
from care.models import Membership

CODE_LENGTH, NAME_LENGTH, REPLY_LENGTH = 40, 120, 200
CODE_INPUT = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class PlacedForm(forms.Form):
    """A form of somebody who works in one or several places; with several, one chooses."""

    membership = forms.ChoiceField(
        label=gettext_lazy("For which place?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose the place it is for.")),
    )
    free_text: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, places: Iterable[Membership] = (), **kwargs: Any):
        super().__init__(data, **kwargs)
        self.places = {str(place.pk): place for place in places}
        choices = [(key, f"{place.organisation.name} ({place.get_role_display()})") for key, place in self.places.items()]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["membership"].widget = forms.HiddenInput()
            self.initial.setdefault("membership", choices[0][0])

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, self.free_text)

    @property
    def place(self) -> Membership:
        """The place chosen."""
        return self.places[self.cleaned_data["membership"]]


class PersonCodeForm(PlacedForm):
    """A code that a person gave to their counselor."""

    code = WordsField(
        most=CODE_LENGTH,
        required=True,
        label=gettext_lazy("The person's code"),
        help_text=gettext_lazy("Ten letters and numbers. Spaces and small letters are fine."),
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": gettext_lazy("Type the code that the person gave you.")},
    )
    free_text = ("code",)
    field_order = ["code", "membership"]


class JoinForm(forms.Form):
    """An organisation's code, and the name that people will see."""

    code = WordsField(
        most=CODE_LENGTH,
        required=True,
        label=gettext_lazy("The code of your organisation"),
        help_text=gettext_lazy("Its admin gives it to you. It works once, for seven days."),
        widget=forms.TextInput(attrs=CODE_INPUT),
        error_messages={"required": gettext_lazy("Type the code that the admin gave you.")},
    )
    shown_name = WordsField(
        most=NAME_LENGTH,
        required=True,
        label=gettext_lazy("The name that people will see"),
        help_text=gettext_lazy("First and last name, as on your door. People decide by it whom they trust."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write the name that people know you by.")},
    )

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("code", "shown_name"))


class ReplyTimeForm(forms.Form):
    """What an organisation says about when it answers."""

    reply_time = WordsField(
        most=REPLY_LENGTH,
        required=True,
        label=gettext_lazy("When do you answer?"),
        help_text=gettext_lazy("People read it above every message they write. Promise only what you keep."),
        error_messages={"required": gettext_lazy("Write when people can expect an answer.")},
    )

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("reply_time",))
