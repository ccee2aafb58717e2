"""A line of "time since"."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import IdField, WordsField, cleaned_copy
from journal.forms.when import FIRST_YEAR

NAME_LENGTH = 100


class SinceForm(forms.Form):
    """A name in one's own words, and a first day. `today` is the person's."""

    id = IdField()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    name = WordsField(
        most=NAME_LENGTH,
        required=True,
        label=gettext_lazy("Since what?"),
        help_text=gettext_lazy("In your words. For example: since I moved in with Sam."),
        error_messages={"required": gettext_lazy("Give it a name, such as: since I came home.")},
    )
    start_on = forms.DateField(
        label=gettext_lazy("Since which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose the first day."),
            "invalid": gettext_lazy("Write the day as year-month-day, such as 2026-03-29."),
        },
    )
    on_today = forms.BooleanField(label=gettext_lazy("Show it on Today"), required=False)

    def __init__(self, data=None, *, today: date, **kwargs):
        self.today = today
        super().__init__(data, **kwargs)

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data = cleaned_copy(self.data, ("name",))

    def clean_start_on(self) -> date:
        """A day that has come, in a year that can be meant."""
        day = self.cleaned_data["start_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Choose today or an earlier day."))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("Check the year of this day."))
        return day

    def words(self) -> dict[str, str]:
        """The sealed name."""
        return {"name": self.cleaned_data["name"]}
