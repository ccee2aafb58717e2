"""Which days a person looks at: 7, 30, 90 days, a year, all, or days of their own."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.grants import Grant
from journal.figures.figure import span
from journal.forms.when import FIRST_YEAR
from journal.insights.observations import Period
from journal.observing import whole

DAYS = {"7": 7, "30": 30, "90": 90, "year": 365}
USUAL, ALL, OWN = "90", "all", "own"


@dataclass(frozen=True)
class Chosen:
    """The choice, its days, and what was wrong with what was asked for (empty where nothing was)."""

    name: str
    period: Period
    error: str = ""
    asked: tuple[str, str] = ("", "")

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        if self.name == OWN:
            return urlencode({"p": OWN, "from": self.period.first.isoformat(), "to": self.period.last.isoformat()})
        return urlencode({"p": self.name})

    @property
    def said(self) -> str:
        """The days in words."""
        return span(self.period)


def names() -> list[tuple[str, str]]:
    """The choices, as buttons say them."""
    return [("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")), ("year", _("A year")), (ALL, _("All"))]


def chosen(grant: Grant, asked: QueryDict, today: date) -> Chosen:
    """The choice in an address; what cannot be read becomes the usual 90 days, with a message."""
    name = asked.get("p", USUAL)
    if name == OWN:
        return own(asked, today)
    if name == ALL:
        return Chosen(ALL, whole(grant, today))
    return Chosen(name, Period.ending(today, DAYS[name])) if name in DAYS else usual(today)


def usual(today: date, error: str = "", asked: tuple[str, str] = ("", "")) -> Chosen:
    """The latest 90 days."""
    return Chosen(USUAL, Period.ending(today, DAYS[USUAL]), error, asked)


def own(asked: QueryDict, today: date, first: str = "from", last: str = "to") -> Chosen:
    """Days of one's own, at most to today."""
    typed = asked.get(first, ""), asked.get(last, "")
    try:
        days = [date.fromisoformat(text) for text in typed]
    except ValueError:
        return usual(today, _("Choose a first and a last day."), typed)
    if min(days).year < FIRST_YEAR:
        return usual(today, _("Check the year of these days."), typed)
    if days[0] > days[1]:
        return usual(today, _("The first day comes after the last one. Turn them round, or choose others."), typed)
    if days[0] > today:
        return usual(today, _("These days have not come yet. Choose days up to today."), typed)
    return Chosen(OWN, Period(days[0], min(days[1], today)), asked=typed)
