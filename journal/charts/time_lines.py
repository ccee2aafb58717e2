"""Charts with days across: one line with its band, small multiples, scores."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from django.utils.safestring import SafeData

from journal.charts.axes import LEFT, Plane
from journal.charts.svg import area, dots, drawing, line, path, text

Value = tuple[date, float]
Item = TypeVar("Item")


def band_and_line(
    label: str,
    span: tuple[date, date],
    scale: tuple[int, int],
    dotted: Iterable[Value],
    middle: Sequence[tuple[date, float | None, tuple[float, float] | None]],
    marked: Iterable[date] = (),
) -> SafeData:
    """Dots, a line of middles, and a band around it; None is a gap in the line or the band."""
    plane = Plane(*span, *scale, top=16, bottom=136)
    pieces = [
        area([plane.at(day, band[1]) for day, band in piece], [plane.at(day, band[0]) for day, band in piece])
        for piece in runs((day, band) for day, _middle, band in middle)
    ]
    through = line(None if value is None else plane.at(day, value) for day, value, _band in middle)
    alone = dots(plane.at(*piece[0]) for piece in runs((day, value) for day, value, _b in middle) if len(piece) == 1)
    shapes = [
        path("c-band", "".join(pieces)),
        *plane.grid([scale[0], sum(scale) / 2, scale[1]]),
        path("c-dots", dots(plane.at(*value) for value in dotted)),
        path("c-line", through + alone),
        *plane.marks(marked),
        *plane.days(),
    ]
    return drawing(156, label, shapes)


def runs(points: Iterable[tuple[date, Item | None]]) -> Iterator[list[tuple[date, Item]]]:
    """Pieces without a gap."""
    for is_there, piece in groupby(points, key=lambda point: point[1] is not None):
        if is_there:
            yield list(piece)  # type: ignore[arg-type]


def small_multiples(
    label: str,
    span: tuple[date, date],
    panels: Sequence[tuple[object, tuple[int, int], Sequence[tuple[date, float | None]]]],
    step: int,
    marked: Sequence[date] = (),
) -> SafeData:
    """Panels (name, scale, values) one below the other over the same days. `step` is how many days lie between neighbours."""
    shapes: list[SafeData] = []
    for at, (name, scale, values) in enumerate(panels):
        plane = Plane(*span, *scale, top=18 + at * 66, bottom=58 + at * 66)
        shapes += [text(LEFT, plane.top - 6, name, "c-t"), *plane.grid(scale)]
        shapes += [path("c-line c-thin", joined(plane, values, step))]
        shapes += [path("c-dots c-strong", dots(plane.at(day, value) for day, value in values if value is not None))]
        shapes += plane.marks(marked)[: 1 if at else None]
    return drawing(20 + 66 * len(panels), label, [*shapes, *plane.days()])


def joined(plane: Plane, values: Sequence[tuple[date, float | None]], step: int) -> str:
    """A line that stops wherever a neighbour is missing."""
    points: list[tuple[float, float] | None] = []
    last: date | None = None
    for day, value in values:
        if value is None or (last is not None and day - last > timedelta(days=step)):
            points.append(None)
        if value is not None:
            points.append(plane.at(day, value))
        last = day
    return line(points)


def score_line(
    label: str, span: tuple[date, date], most: int, bands: Sequence[tuple[int, object]], values: Sequence[Value]
) -> SafeData:
    """Scores with the lines where their bands begin."""
    plane = Plane(*span, 0, most, top=12, bottom=132)
    shapes = [
        *plane.grid([start for start, _name in bands]),
        *(text(LEFT + 3, plane.y(start) - 3, name) for start, name in bands),
        path("c-line", line(plane.at(*value) for value in values)),
        path("c-dots c-strong", dots(plane.at(*value) for value in values)),
        *plane.days(),
    ]
    return drawing(152, label, shapes)
