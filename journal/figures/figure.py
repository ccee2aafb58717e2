"""What every insight is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from journal.charts.svg import Data, num
from journal.insights.observations import Missing, Period

LONG_ROWS = 20


@dataclass(frozen=True)
class Table:
    """The numbers of a picture: headings, and rows that begin with their name."""

    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def is_long(self) -> bool:
        """Whether it takes two columns on paper."""
        return len(self.rows) > LONG_ROWS

    @property
    def html(self) -> Any:
        """The table as markup; a template loop would cost a page more than all its pictures."""
        width = len(self.head)
        head = '<th scope="col">{}</th>' * width
        body = f'<tr><th scope="row">{{}}</th>{"<td>{}</td>" * (width - 1)}</tr>' * len(self.rows)
        cells = [Data(cell) if isinstance(cell, int) else cell for row in self.rows for cell in row]
        return format_html(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", *self.head, *cells)


@dataclass(frozen=True)
class Figure:
    """An insight: its address word, question, sentences (the first is the summary), picture, table, how to read it, and
    by which rules it is made.

    With too little data `needs` says what is missing and the picture is an example; `about` are keys that links grow from.
    """

    key: str
    question: str
    sentences: tuple[str, ...]
    picture: Any
    table: Table
    how: str
    rules: str = ""
    needs: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The id of the sentence that says what the picture shows."""
        return f"{self.key}-says"

    @property
    def is_example(self) -> bool:
        """Whether the picture shows made-up numbers."""
        return bool(self.needs)

    def as_example(self, needs: Sequence[str]) -> "Figure":
        """The same, with made-up numbers, because something is missing."""
        return replace(self, needs=tuple(needs), about=())


def number(value: float) -> str:
    """A number as it is said: whole, or with one decimal."""
    return num(value)


def day(value: date) -> str:
    """A day as it is said."""
    return _day(value, get_language())


@lru_cache(maxsize=8_192)
def _day(value: date, _language: str | None) -> str:
    return conditional_escape(format_date(value, "j F Y"))


def span(period: Period) -> str:
    """A period as it is said."""
    return _("%(first)s to %(last)s") % {"first": day(period.first), "last": day(period.last)}


def both(names: Sequence[str]) -> str:
    """Names in a row: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return _("%(these)s and %(last)s") % {"these": ", ".join(names[:-1]), "last": names[-1]}


def need(missing: Missing) -> str:
    """What is still needed, by count."""
    said = {
        "ratings": _("check-ins with a craving rating"),
        "cravings": _("logged cravings"),
        "days": _("days from the first to the last"),
        "cravings with a trigger": _("cravings with a trigger"),
        "days with and without": _("rated days with something noted, and as many without it"),
        "rated cravings": _("cravings rated before and after"),
        "uses of one": _("rated uses of the same way to cope"),
        "check-in days": _("days with a check-in"),
        "scores": _("scores of one questionnaire"),
        "steps": _("steps planned for a week"),
        "logs": _("logs of any kind"),
    }[missing.what]
    words = {"need": missing.need, "what": said, "have": missing.have}
    return (
        ngettext(
            "This takes %(need)d %(what)s. You have %(have)d.", "This takes %(need)d %(what)s. You have %(have)d.", missing.need
        )
        % words
    )
