"""What a counselor fills in on the pages about a person: a mark, and the day of the next session."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from care.flags import Rule
from care.models import FlagMark

MOST = timedelta(days=366)


class MarkForm(forms.Form):
    """Three buttons beside a flag."""

    rule = forms.ChoiceField(choices=[(rule.value, rule.value) for rule in Rule])
    key = forms.CharField(max_length=40)
    mark = forms.ChoiceField(choices=FlagMark.Mark.choices)


class NextForm(forms.Form):
    """The day of the next session, if one is agreed."""

    next_on = forms.DateField(
        label=gettext_lazy("Next session"),
        help_text=gettext_lazy("Only if a day is agreed."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as a date, for example 2026-12-24.")},
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["next_on"].widget.attrs |= {"min": today.isoformat(), "max": (today + MOST).isoformat()}

    def clean_next_on(self) -> date | None:
        """A day that can still come."""
        day = self.cleaned_data["next_on"]
        if day is not None and not self.today <= day <= self.today + MOST:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return day
