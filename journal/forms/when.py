"""When it happened: now, earlier today, yesterday, or another day."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import ONE_DAY, NoSuchTime, local_day, resolve, wall_clock

NOW, EARLIER, YESTERDAY, OTHER = "now", "earlier", "yesterday", "other"
WHENS = [
    (NOW, gettext_lazy("Now")),
    (EARLIER, gettext_lazy("Earlier today")),
    (YESTERDAY, gettext_lazy("Yesterday")),
    (OTHER, gettext_lazy("Another day")),
]
# A phone's clock may run a little ahead of ours.
SLACK = timedelta(minutes=2)
NOON = time(12, 0)
FIRST_YEAR = 1950


class WhenForm(forms.Form):
    """The part of a log form that says when. `clock` has `tz` and `day_start`: a person, or the row
    being edited. `now` is an argument, so that rules can be tested."""

    when = forms.ChoiceField(
        label=gettext_lazy("When was it?"),
        choices=WHENS,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "segment"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-03-29.")},
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Write the time as hours and minutes, such as 18:30.")},
    )

    def __init__(self, *args, clock, now: datetime, **kwargs):
        self.clock, self.now = clock, now
        super().__init__(*args, **kwargs)

    def clean(self):
        """Add `moment` to the clean values, or a message at the field that can mend it."""
        values = super().clean()
        if {"when", "day", "at"} & set(self.errors):
            return values
        try:
            values["moment"] = self._moment(values.get("when") or NOW, values.get("day"), values.get("at"))
        except NoSuchTime as error:
            self.add_error("at", skipped_message(str(error)))
        except ValidationError as error:
            self.add_error("day" if error.code == "day" else "at", error)
        return values

    def _moment(self, when: str, day: date | None, at: time | None) -> datetime:
        if when == NOW:
            return self.now
        if when == OTHER:
            return self._on_date(day, at)
        today = local_day(self.now, self.clock.tz, self.clock.day_start)
        if when == EARLIER and at is None:
            raise ValidationError(_("Write what time it was, or choose “Now”."))
        return self._on_local_day(today if when == EARLIER else today - ONE_DAY, at or NOON)

    def _on_local_day(self, day: date, at: time) -> datetime:
        """The wall clock's time within a person's day: before the day's first hour it is already the next date."""
        on = day + ONE_DAY if at.hour < self.clock.day_start else day
        return self._past(resolve(on, at, self.clock.tz))

    def _on_date(self, day: date | None, at: time | None) -> datetime:
        if day is None:
            raise ValidationError(_("Choose the day it happened."), code="day")
        if day.year < FIRST_YEAR:
            raise ValidationError(_("Check the year of this day."), code="day")
        if day > wall_clock(self.now, self.clock.tz).date():
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."), code="day")
        return self._past(resolve(day, at or NOON, self.clock.tz))

    def _past(self, moment: datetime) -> datetime:
        if moment > self.now + SLACK:
            raise ValidationError(_("This time is still to come. Choose a time that has passed."))
        return moment


def skipped_message(at: str) -> str:
    """What to say about a time that the clocks jumped over."""
    return _("The clocks went forward that night, so %(at)s did not happen. Choose an earlier or later time.") % {"at": at}
