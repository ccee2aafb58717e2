"""What a person types and chooses about sharing: a code, and what is shown to whom until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WordsField, cleaned_copy
from care.actions.consents import MOST_DAYS, Wanted
from care.models import Consent
from care.scopes import SHAREABLE, WITH_HISTORY, WITHOUT_DAYS, Shareable
from care.texts import day, reach

NAME_LENGTH, CODE_LENGTH = 60, 40
AS_NOW = gettext_lazy("As now")
GONE = gettext_lazy("This choice is not there any more. Choose again.")
NOT, FROM_NOW, ALL = "no", "now", "all"
KEPT, OWN = "kept", "own"
SPANS = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("180", gettext_lazy("180 days")),
    ("365", gettext_lazy("A year")),
)
USUAL_SPAN = "90"


class CodeForm(forms.Form):
    """A counselor's code."""

    code = WordsField(
        most=CODE_LENGTH,
        required=True,
        label=gettext_lazy("The code"),
        help_text=gettext_lazy("Ten letters and numbers. Spaces and small letters are fine."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the code that your counselor gave you.")},
    )

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("code",))


@dataclass(frozen=True)
class Present:
    """What counts now, as the form begins with it."""

    scopes: Mapping[str, str]
    purpose: str
    last_day: date
    shown_name: str


class DecideForm(forms.Form):
    """What, from when, until when, what for, and by which name. `today` is the person's day; for a new sharing nothing of
    what is shown is chosen beforehand.
    """

    # The consent that the person has before their eyes, and the day on which they read the text.
    basis = forms.CharField(widget=forms.HiddenInput, required=False)
    day = forms.CharField(widget=forms.HiddenInput, required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What is it for?"),
        choices=[(value, capfirst(label)) for value, label in Consent.Purpose.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is for."), "invalid_choice": GONE},
    )
    shown_name = WordsField(
        most=NAME_LENGTH,
        required=True,
        label=gettext_lazy("What should your counselor call you?"),
        help_text=gettext_lazy("It need not be your real name. Your name for signing in is never shown."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write a name, so that your counselor knows who you are.")},
    )
    until = forms.ChoiceField(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("It ends by itself then. You can stop earlier at any time."),
        widget=forms.RadioSelect(attrs={"data-look": "segment"}),
        error_messages={"required": gettext_lazy("Choose until when."), "invalid_choice": GONE},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Your own last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-12-24.")},
    )

    def __init__(self, data: Any = None, *, today: date, present: Present | None = None, basis: str = ""):
        super().__init__(data, initial=self._begin(today, present) | {"basis": basis, "day": today.isoformat()})
        self.today, self.present = today, present
        kept = present if present and present.last_day > today else None
        self.fields["until"].choices = [*([(KEPT, AS_NOW)] if kept else []), *SPANS, (OWN, gettext_lazy("Own day"))]  # type: ignore[attr-defined]
        if kept:
            self.fields["until"].help_text = _("Now it ends after %(day)s. You can stop earlier at any time.") % {
                "day": day(kept.last_day)
            }
        for one in SHAREABLE:
            self.fields[see(one.category)] = self._asked(one)

    @staticmethod
    def _begin(today: date, present: Present | None) -> dict[str, Any]:
        if present is None:
            return {"until": USUAL_SPAN}
        chosen = {see(one.category): choice_of(one, present.scopes) for one in SHAREABLE}
        until = KEPT if present.last_day > today else ""
        return chosen | {"purpose": present.purpose, "until": until, "shown_name": present.shown_name}

    def _asked(self, one: Shareable) -> forms.ChoiceField:
        first = first_day(one, self.present.scopes if self.present else {})
        now = _("Now: %(reach)s.") % {"reach": reach(one.category, first)} if first else ""
        return forms.ChoiceField(
            label=one.name,
            help_text=f"{one.includes} {now}".strip(),
            required=False,
            choices=choices_for(one, first),
            widget=forms.RadioSelect(attrs={"data-look": "segment"}),
            error_messages={"invalid_choice": GONE},
        )

    @property
    def categories(self) -> list[Any]:
        """The questions about what is shown."""
        return [self[see(one.category)] for one in SHAREABLE]

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("shown_name",))

    def clean(self) -> dict[str, Any]:
        """Add `scopes` and `last` to the clean values, or a message where it can be mended."""
        values = super().clean() or {}
        if not any(see(one.category) in self.errors for one in SHAREABLE):
            values["scopes"] = self._scopes(values)
            if not values["scopes"]:
                raise ValidationError(_("Choose at least one thing to share. Or go back, and nothing is shared."))
        if not {"until", "ends_on"} & set(self.errors):
            values["last"] = self._last(values)
        return values

    def _scopes(self, values: Mapping[str, Any]) -> dict[str, str]:
        chosen = {one.category: values.get(see(one.category)) for one in SHAREABLE}
        starts = {FROM_NOW: self.today.isoformat(), ALL: WITH_HISTORY}
        return {str(category): starts.get(how, how) for category, how in chosen.items() if how not in (None, "", NOT)}

    def _last(self, values: Mapping[str, Any]) -> date | None:
        until, own = values["until"], values.get("ends_on")
        if until == OWN:
            return self._own(own)
        if own is not None:
            self.add_error("ends_on", _("You wrote a day and chose another end. Choose “Own day”, or take the day out."))
            return None
        return self.present.last_day if until == KEPT and self.present else self.today + timedelta(days=int(until))

    def _own(self, own: date | None) -> date | None:
        latest = self.today + timedelta(days=MOST_DAYS)
        if own is None:
            self.add_error("ends_on", _("Write the last day, or choose one of the others."))
        elif own <= self.today:
            self.add_error("ends_on", _("This day is over, or nearly. Choose a day after today."))
        elif own > latest:
            self.add_error("ends_on", _("A year is the most. Choose a day up to %(day)s.") % {"day": day(latest)})
        else:
            return own
        return None

    def wanted(self) -> Wanted:
        """The decision."""
        values = self.cleaned_data
        return Wanted(values["scopes"], values["purpose"], values["last"], values["shown_name"])

    def carried(self) -> list[tuple[str, Any]]:
        """Everything that was chosen, for the page that shows it before it is signed; `day` is the day of reading."""
        chosen = [(one.html_name, one.value()) for one in self if one.name != "day"]
        return [*((name, "" if value is None else value) for name, value in chosen), ("day", self.today.isoformat())]


def see(category: str) -> str:
    """The name of the field that asks about a category."""
    return f"see-{category}"


def first_day(one: Shareable, now_open: Mapping[str, str]) -> str:
    """From which day on a category is open now; "" for one that is closed, or open with everything before."""
    return "" if one.category in WITHOUT_DAYS else now_open.get(one.category, "")


def choices_for(one: Shareable, first: str) -> Iterable[tuple[str, Any]]:
    """What can be chosen for a category; where it is open from a day on, that it stays so."""
    if one.category in WITHOUT_DAYS:
        return [(NOT, _("Not shared")), (ALL, _("The ones I show, one by one"))]
    kept = [(first, AS_NOW)] if first else []
    return [(NOT, _("Not shared")), *kept, (FROM_NOW, _("From now on")), (ALL, _("With what I wrote before"))]


def choice_of(one: Shareable, now_open: Mapping[str, str]) -> str:
    """What is chosen for a category as it is open now."""
    first = now_open.get(one.category)
    return NOT if first is None else first or ALL
