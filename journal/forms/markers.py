"""Dated marks on one's own time axis: a change in life, or a questionnaire's score."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import NoSuchTime, resolve
from accounts.fields import IdField, WordsField, cleaned_copy
from journal.forms.when import FIRST_YEAR, NOON
from journal.insights.scores import INSTRUMENTS

LABEL_LENGTH = 60


class MarkerForm(forms.Form):
    """What both kinds have: an id, a version when it edits, and the day. `today` is the person's."""

    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    day = forms.DateField(
        label=gettext_lazy("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the day."),
            "invalid": gettext_lazy("Write the day as year-month-day, such as 2026-03-29."),
        },
    )

    def __init__(self, data=None, *, today: date, **kwargs):
        super().__init__(data, **kwargs)
        self.today = today

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("label",))

    def clean_day(self) -> date:
        """A day that has come, and one that somebody may remember."""
        day = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("Check the year of this day."))
        return day

    def columns(self) -> dict[str, Any]:
        """Plain column values."""
        return {"instrument": "", "score": None}

    def words(self) -> dict[str, str]:
        """The sealed words."""
        return {"label": self.cleaned_data.get("label", "")}


class ChangeForm(MarkerForm):
    """Something that changed, in the person's words."""

    label = WordsField(
        most=LABEL_LENGTH,
        required=True,
        label=gettext_lazy("What changed?"),
        help_text=gettext_lazy("For example: new medicine, moved, new job."),
        error_messages={"required": gettext_lazy("Write a few words about what changed.")},
    )

    field_order = ["label", "day", "id", "version"]


class ScoreForm(MarkerForm):
    """The total of a questionnaire that somebody filled in elsewhere."""

    instrument = forms.ChoiceField(
        label=gettext_lazy("Which questionnaire?"),
        choices=[(one.key, one.name) for one in INSTRUMENTS.values()],
        widget=forms.RadioSelect(attrs={"data-look": "segment"}),
        error_messages={"required": gettext_lazy("Choose the questionnaire.")},
    )
    score = forms.IntegerField(
        label=gettext_lazy("Its total"),
        error_messages={
            "required": gettext_lazy("Write the total as a whole number."),
            "invalid": gettext_lazy("Write the total as a whole number."),
        },
    )

    field_order = ["instrument", "score", "day", "id", "version"]

    def clean(self):
        """A total on the questionnaire's scale."""
        values = super().clean()
        instrument, score = INSTRUMENTS.get(values.get("instrument", "")), values.get("score")
        if instrument is not None and score is not None and not 0 <= score <= instrument.most:
            said = _("%(name)s goes from 0 to %(most)d. Check the number and write it again.")
            self.add_error("score", said % {"name": instrument.name, "most": instrument.most})
        return values

    def columns(self) -> dict[str, Any]:
        """The questionnaire and its total."""
        return {name: self.cleaned_data[name] for name in ("instrument", "score")}


FORMS: dict[str, type[MarkerForm]] = {"change": ChangeForm, "score": ScoreForm}


def noon_of(day: date, tz: str) -> datetime:
    """The moment that stands for a whole day: noon, or the first half hour after it that the clocks did not skip."""
    at = datetime.combine(day, NOON)
    while True:
        try:
            return resolve(at.date(), time(at.hour, at.minute), tz)
        except NoSuchTime:
            at += timedelta(minutes=30)
