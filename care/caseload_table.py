"""The caseload as a table: headings that sort, and all rows as one piece of markup. A template loop would cost more than the rest
of the page.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from care.caseload import SHOWN, SORTS, Level, Row
from care.flag_words import URGENCIES, short
from care.flags import Rule, Urgency
from journal.charts.svg import Data, num

NOBODY = uuid.UUID(int=0)
COLUMNS = (
    ("name", gettext_lazy("Name")),
    ("", gettext_lazy("Why look")),
    ("next", gettext_lazy("Next session")),
    ("last", gettext_lazy("Last check-in")),
    ("days", gettext_lazy("Of 14 days")),
    ("craving", gettext_lazy("Craving this week")),
    ("mood", gettext_lazy("Mood this week")),
    ("steps", gettext_lazy("Steps this week")),
    ("waiting", gettext_lazy("Waits for you")),
    ("until", gettext_lazy("Shares until")),
)
SHOWN_NAMES = (
    ("all", gettext_lazy("Everybody")),
    ("look", gettext_lazy("Needs a look")),
    ("waiting", gettext_lazy("Waits for you")),
    ("quiet", gettext_lazy("No check-in lately")),
)
ROW = (
    '<tr><th scope="row"><a href="{}" dir="auto">{}</a></th><td>{}</td><td><a href="{}">{}</a></td><td>{}</td><td>{}</td>'
    "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>"
)
LEVEL = '<strong>{}</strong> {} <span class="keep"><span aria-hidden="true">{}</span> {}</span>'


@dataclass(frozen=True)
class Heading:
    """A column: what it is called, where its link leads ("" where it does not sort), and how it is sorted now, for a reader."""

    name: str
    url: str
    sorted_as: str


@dataclass(frozen=True)
class Filter:
    """Which rows are shown: its name, where its link leads, how many rows it has, and whether it is the one in use."""

    name: str
    url: str
    times: int
    is_now: bool


def headings(shown: str, sort: str) -> list[Heading]:
    """The headings; a second tap turns the order round."""
    found = []
    for key, name in COLUMNS:
        is_now = bool(key) and sort.removeprefix("-") == key
        wanted = f"-{key}" if sort == key else key
        url = f"?{urlencode({'show': shown, 'sort': wanted})}" if key in SORTS else ""
        found.append(Heading(str(name), url, ("descending" if sort.startswith("-") else "ascending") if is_now else ""))
    return found


def filters(rows: Sequence[Row], shown: str, sort: str) -> list[Filter]:
    """The filters."""
    return [
        Filter(str(name), f"?{urlencode({'show': key, 'sort': sort})}", sum(map(SHOWN[key], rows)), key == shown)
        for key, name in SHOWN_NAMES
    ]


def body(rows: Iterable[Row]) -> Any:
    """All rows."""
    return format_html_join("", ROW, _cells(rows))


def _cells(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    language = get_language()
    person, session = (reverse(name, args=[NOBODY]).split(str(NOBODY)) for name in ("care:person", "care:session"))
    nothing, prepare = _soft("–"), _("Prepare")
    for row in rows:
        at = str(row.connection_id)
        yield (
            Data(person[0] + at + person[1]),
            row.name,
            _why(row, language),
            Data(session[0] + at + session[1]),
            _short_day(row.next_on, language) if row.next_on else prepare,
            *(_check_ins(row, nothing, language) if row.shows_check_ins else (nothing, nothing, nothing, nothing)),
            Data(f"{row.steps[0]}/{row.steps[1]}") if row.steps and row.steps[1] else nothing,
            num(row.waiting) if row.waiting else nothing,
            _short_day(row.until, language),
        )


def _check_ins(row: Row, nothing: Any, language: str | None) -> tuple[Any, ...]:
    last = _short_day(row.last_on, language) if row.last_on else _soft(_("none lately"))
    return last, num(row.logged), *(_level(one, language) if one else nothing for one in (row.craving, row.mood))


def _why(row: Row, language: str | None) -> Any:
    if not row.flags:
        return ""
    names = dict.fromkeys(_flag_name(flag.rule, row.lapse_word, language) for flag in row.flags)
    return format_html('<span class="tag">{}</span> {}', _urgency(row.flags[0].urgency, language), " · ".join(names))


def _level(one: Level, language: str | None) -> Any:
    if one.usual is None:
        return Data(f"<strong>{num(one.now)}</strong>")
    return Data(LEVEL.format(num(one.now), _usual(language) % num(one.usual), *_direction(one.direction, language)))


def _soft(words: str) -> Any:
    return format_html('<span class="soft">{}</span>', words)


# Words that come again in every row are translated, and made fit for a page, once for each language.


@lru_cache(maxsize=2_048)
def _short_day(value: date, _language: str | None) -> str:
    return conditional_escape(format_date(value, "j M"))


@lru_cache(maxsize=256)
def _flag_name(rule: Rule, lapse_word: str, _language: str | None) -> str:
    return short(rule, lapse_word)


@lru_cache(maxsize=64)
def _urgency(urgency: Urgency, _language: str | None) -> str:
    return str(URGENCIES[urgency])


@lru_cache(maxsize=64)
def _direction(direction: int, _language: str | None) -> tuple[str, str]:
    arrow, word = {1: ("↑", _("higher")), -1: ("↓", _("lower")), 0: ("=", _("same"))}[direction]
    return arrow, conditional_escape(word)


@lru_cache(maxsize=64)
def _usual(_language: str | None) -> str:
    return conditional_escape(_("vs %s"))
