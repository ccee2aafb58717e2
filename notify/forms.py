"""A reminder, and the quiet hours."""

from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notify.times import is_quiet

DAYS = [
    ("0", gettext_lazy("Monday")),
    ("1", gettext_lazy("Tuesday")),
    ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")),
    ("4", gettext_lazy("Friday")),
    ("5", gettext_lazy("Saturday")),
    ("6", gettext_lazy("Sunday")),
]
TIME_WORDS = {
    "required": gettext_lazy("Choose a time, such as 18:30."),
    "invalid": gettext_lazy("Write the time as hours and minutes, such as 18:30."),
}


def time_field(label) -> forms.TimeField:
    """A wall-clock time."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), error_messages=TIME_WORDS)


class ReminderForm(forms.Form):
    """When, and how. `quiet` are the person's quiet hours."""

    at = time_field(gettext_lazy("At what time?"))
    days = forms.MultipleChoiceField(
        label=gettext_lazy("On which days?"),
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    by_push = forms.BooleanField(label=gettext_lazy("A notification on my phones"), required=False)
    by_email = forms.BooleanField(label=gettext_lazy("An e-mail"), required=False)

    def __init__(self, data=None, *, quiet: tuple[time, time], has_address: bool, has_push: bool, **kwargs):
        self.quiet = quiet
        super().__init__(data, **kwargs)
        if not has_address:
            del self.fields["by_email"]
        if not has_push:
            del self.fields["by_push"]

    def clean_at(self) -> time:
        """A time outside the quiet hours."""
        at = self.cleaned_data["at"]
        if is_quiet(at, self.quiet):
            values = {"from": f"{self.quiet[0]:%H:%M}", "to": f"{self.quiet[1]:%H:%M}"}
            raise ValidationError(
                _("This lies in your quiet hours, %(from)s to %(to)s. Choose another time, or change the quiet hours.") % values
            )
        return at

    def clean(self):
        """At least one way to hear of it."""
        values = super().clean()
        ways = [name for name in ("by_push", "by_email") if name in self.fields]
        if not any(values.get(name) for name in ways):
            self.add_error(ways[0] if ways else None, _("Choose how it should reach you."))
        return values

    def bits(self) -> int:
        """The chosen days as a set of bits, Monday first."""
        return sum(1 << int(day) for day in self.cleaned_data["days"])


class QuietForm(forms.Form):
    """Hours in which nothing is sent."""

    begin = time_field(gettext_lazy("Quiet from"))
    end = time_field(gettext_lazy("Quiet until"))
