"""A year as twelve small calendars: every day a link, with a symbol for its level that needs no colour."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.templatetags.static import static
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from journal.figures.life import level_names
from journal.insights.mosaic import LEVELS, Mosaic

# Symbols of icons.svg, from an empty box to a full one, for scales of three, four and five.
SYMBOLS = {3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class Month:
    """A month's name and its table."""

    name: str
    table: Any


def symbol(level: int, most: int) -> str:
    """The symbol of a level on a scale of so many."""
    return f"box{SYMBOLS[most][level - 1]}"


def months(found: Mosaic, today: date) -> Iterator[Month]:
    """Twelve tables; days still to come are no links."""
    names, icons = level_names(found.kind), static("icons.svg")
    head = format_html_join(
        "", '<th scope="col"><abbr title="{}">{}</abbr></th>', ((WEEKDAYS[at], WEEKDAYS_ABBR[at]) for at in range(7))
    )
    for month in range(1, 13):
        rows = format_html_join(
            "",
            "<tr>{}</tr>",
            ((_week(found, week, month, today, names, icons),) for week in Calendar().monthdatescalendar(found.year, month)),
        )
        table = format_html('<table class="cal"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, rows)
        yield Month(str(MONTHS[month]).capitalize(), table)


def _week(found: Mosaic, week: list[date], month: int, today: date, names: list[str], icons: str) -> Any:
    cells = (_cell(found, day, today, names, icons) if day.month == month else format_html("<td>{}</td>", "") for day in week)
    return format_html_join("", "{}", ((cell,) for cell in cells))


def _cell(found: Mosaic, day: date, today: date, names: list[str], icons: str) -> Any:
    if day > today:
        return format_html("<td><span>{}</span></td>", day.day)
    level = found.levels.get(day)
    said = names[level - 1] if level else _("nothing noted")
    name = f"{day.day} {MONTHS[day.month]}: {said}"
    if not level:
        return format_html(
            '<td><a href="/history/?d={}" aria-label="{}">{}<span aria-hidden="true">·</span></a></td>', day, name, day.day
        )
    drawn = format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', icons, symbol(level, LEVELS[found.kind])
    )
    return format_html('<td><a href="/history/?d={}" aria-label="{}">{}{}</a></td>', day, name, day.day, drawn)


def legend(kind: str) -> list[tuple[str, str]]:
    """Symbol and word of each level, lowest first."""
    return [(symbol(level, LEVELS[kind]), name) for level, name in enumerate(level_names(kind), 1)]
