"""Charts with a cell for each time: the week in parts, the year in days."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeData

from journal.charts.svg import WIDTH, boxes, dots, drawing, path, rect, text

LEFT, CELL, TALL, MONTH_TALL = 36, 44, 27, 13


def heatmap(
    label: str, columns: Sequence[object], rows: Sequence[object], cells: Mapping[tuple[int, int], float | None]
) -> SafeData:
    """Cells (row, column): a number 0-10 on a ground that darkens with it; None is too few, a cell that is missing is empty."""
    shapes = [text(LEFT + at * CELL + CELL / 2 - 1, 12, name, anchor="middle") for at, name in enumerate(columns)]
    for row, name in enumerate(rows):
        top = 18 + row * TALL
        shapes.append(text(0, top + 18, name))
        for column in range(len(columns)):
            shapes += _cell(LEFT + column * CELL, top, cells.get((row, column), -1.0))
    return drawing(20 + len(rows) * TALL, label, shapes)


def _cell(x: float, y: float, value: float | None) -> list[SafeData]:
    if value is None or value < 0:
        few = [] if value is not None else [text(x + CELL / 2 - 1, y + 18, "·", anchor="middle")]
        return [rect("c-empty", x, y, CELL - 2, TALL - 2), *few]
    step = min(4, int(value / 2.5) + 1)
    return [
        rect(f"c-h{step}", x, y, CELL - 2, TALL - 2),
        text(x + CELL / 2 - 1, y + 18, f"{value:.0f}", f"c-n{step}", anchor="middle"),
    ]


def year(label: str, months: Sequence[object], levels: Mapping[date, int], most: int, of_year: int) -> SafeData:
    """Twelve rows of days; an empty box is the lowest level, a full one the highest; a day without one is a dot."""
    outlines, fills, gaps = [], [], []
    for day in days_of(of_year):
        level = levels.get(day)
        if level is None:
            gaps.append(_spot(day.month, day.day, None, most))
        else:
            outlines.append(_spot(day.month, day.day, most, most))
            fills.append(_spot(day.month, day.day, level, most))
    names = [text(0, 10 + row * MONTH_TALL, name) for row, name in enumerate(months)]
    shapes = [*names, path("c-fill", "".join(fills)), path("c-cell", "".join(outlines)), path("c-gap", "".join(gaps))]
    return drawing(12 * MONTH_TALL + 4, label, shapes)


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    start, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [date.fromordinal(at) for at in range(start, end + 1)]


@lru_cache(maxsize=8_192)
def _spot(month: int, day: int, level: int | None, most: int) -> str:
    """Path data of one day: a dot, or the part of its box that a level fills."""
    wide = (WIDTH - 32) / 31
    side = wide - 1.6
    x, y = 30 + (day - 1) * wide, 2 + (month - 1) * MONTH_TALL
    if level is None:
        return dots([(x + side / 2, y + side / 2)])
    tall = side * (level - 1) / (most - 1)
    return boxes([(x, y + side - tall)], side, tall) if tall else ""
