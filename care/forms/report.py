"""A progress report: which days, and a comment."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import IdField, WordsField, cleaned_copy
from journal.choosing import OWN, USUAL, Chosen, own, usual
from journal.insights.observations import Period

PRESETS = {"30": 30, "90": 90}
MOST_DAYS = 365
COMMENT_LENGTH = 2_000


def preset_names() -> list[tuple[str, str]]:
    """The periods that need no dates, as buttons say them."""
    return [("30", _("30 days")), ("90", _("90 days"))]


def chosen_days(asked: QueryDict, today: date) -> Chosen:
    """The days that were asked for; what cannot be read becomes the latest 90 days, with a message."""
    name = asked.get("p", USUAL)
    if name != OWN:
        return Chosen(name, Period.ending(today, PRESETS[name])) if name in PRESETS else usual(today)
    found = own(asked, today)
    if found.period.days > MOST_DAYS:
        return usual(today, _("A report covers a year at most. Choose fewer days."), found.asked)
    return found


class ReportForm(forms.Form):
    """Words that the author adds. The id is the report's, so that asking twice makes one."""

    id = IdField()
    comment = WordsField(
        most=COMMENT_LENGTH,
        lines=4,
        label=gettext_lazy("Your comment (you can leave it empty)"),
        help_text=gettext_lazy("It is printed at the end. It is kept for an hour, with the PDF."),
    )

    def full_clean(self) -> None:
        """Check; afterwards show text only with characters that can be shown."""
        super().full_clean()
        if self.is_bound and self.errors:
            self.data: Any = cleaned_copy(self.data, ("comment",))
