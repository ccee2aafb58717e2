"""Charts with one row for each thing: bars, two rows of dots, slopes, bricks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.safestring import SafeData

from journal.charts.svg import WIDTH, boxes, circle, dots, drawing, line, path, rect, short, text

ROW = 34
# A row of dots: its name, ratings as counts, and their median.
Group = tuple[str, Mapping[int, int], float]


def horizontal(label: str, rows: Sequence[tuple[str, int]], of: int) -> SafeData:
    """Bars (name, times) on a scale of `of`, the number at the end of each."""
    room = WIDTH - 40
    shapes = []
    for at, (name, times) in enumerate(rows):
        top, width = at * ROW, max(2, times / max(of, 1) * room)
        shapes += [text(0, top + 13, short(name), "c-t"), rect("c-out", 0, top + 17, room, 11)]
        shapes += [rect("c-bar", 0, top + 17, width, 11), text(room + 6, top + 27, f"{times}/{of}", "c-t")]
    return drawing(len(rows) * ROW, label, shapes)


def planned_and_done(label: str, weeks: Sequence[tuple[str, int, int]]) -> SafeData:
    """Bars (name, planned, done): what was planned as an outline, what was done filled in."""
    most = max(planned for _name, planned, _done in weeks)
    room = WIDTH - 96
    shapes = []
    for at, (name, planned, done) in enumerate(weeks):
        top = at * 22
        shapes += [text(0, top + 14, name), rect("c-out", 58, top + 4, planned / most * room, 12)]
        if done:
            shapes.append(rect("c-bar", 58, top + 4, done / most * room, 12))
        shapes.append(text(64 + planned / most * room, top + 14, f"{done}/{planned}"))
    return drawing(len(weeks) * 22 + 2, label, shapes)


def two_rows(
    label: str, pairs: Sequence[tuple[str, tuple[str, Mapping[int, int], float], tuple[str, Mapping[int, int], float]]]
) -> SafeData:
    """For each thing two rows (name, ratings as counts, median): the larger a dot, the more days; a bar at the median."""
    shapes: list[SafeData] = []
    for at, (name, *groups) in enumerate(pairs):
        top = at * 92
        shapes.append(text(0, top + 13, short(name), "c-t"))
        for below, (row, ratings, median) in enumerate(groups):
            shapes += _row(row, ratings, median, top + 34 + below * 26)
        shapes += [text(84 + value * 20, top + 84, value, anchor="middle") for value in (0, 5, 10)]
    return drawing(len(pairs) * 92, label, shapes)


def _row(name: str, ratings: Mapping[int, int], median: float, middle: float) -> list[SafeData]:
    most = max(ratings.values(), default=1)
    discs = [circle("c-disc", 84 + value * 20, middle, 9 * sqrt(times / most)) for value, times in sorted(ratings.items())]
    at = 84 + median * 20
    return [
        path("c-grid", line([(84, middle), (284, middle)])),
        text(0, middle + 4, name),
        *discs,
        path("c-median", line([(at, middle - 11), (at, middle + 11)])),
    ]


@dataclass(frozen=True)
class SlopeRow:
    """A name, its pairs of before and after, and where there is one the estimated drop with its interval."""

    name: str
    pairs: Sequence[tuple[int, int]]
    estimate: float | None
    interval: tuple[float, float]


def slopes(label: str, rows: Sequence[SlopeRow], average: float) -> SafeData:
    """Before and after of every use on the left; on the right the drop with its interval, beside the own average."""
    ends = [end for row in rows if row.estimate is not None for end in row.interval]
    low, high = min([0.0, average, *ends]), max([1.0, average, *ends])
    shapes: list[SafeData] = []

    def across(drop: float) -> float:
        return 110 + (drop - low) / (high - low) * (WIDTH - 122)

    for at, row in enumerate(rows):
        top = at * 62
        shapes += [text(0, top + 13, short(row.name), "c-t"), path("c-slope", _lines(row.pairs, top + 20))]
        if row.estimate is not None:
            middle = top + 38
            shapes += [path("c-span", line([(across(row.interval[0]), middle), (across(row.interval[1]), middle)]))]
            shapes += [path("c-dots c-big", dots([(across(row.estimate), middle)]))]
            shapes += [text(across(row.estimate), middle - 8, f"{row.estimate:.1f}", anchor="middle")]
    bottom = len(rows) * 62
    shapes += [path("c-mark", line([(across(average), 16), (across(average), bottom)]))]
    shapes += [text(across(average), bottom + 12, f"{average:.1f}", anchor="middle")]
    return drawing(bottom + 16, label, shapes)


def _lines(pairs: Sequence[tuple[int, int]], top: float) -> str:
    ends = (((6, top + 36 - before * 3.6), (76, top + 36 - after * 3.6), None) for before, after in sorted(set(pairs)))
    return line(point for pair in ends for point in pair)


def bricks(label: str, rows: Sequence[tuple[str, int]]) -> SafeData:
    """One brick for each thing done, or for ten or a hundred of them where there are many; the same in every row."""
    shapes: list[SafeData] = []
    worth = brick(max(times for _name, times in rows))
    for at, (name, times) in enumerate(rows):
        top = at * 46
        spots = [(n % 24 * 12, top + 20 + n // 24 * 12) for n in range(-(-times // worth))]
        shapes += [text(0, top + 13, f"{name}: {times}", "c-t"), path("c-brick", boxes(spots, 9, 9))]
    return drawing(len(rows) * 46, label, shapes)


def brick(times: int) -> int:
    """How many one brick stands for, so that they fit two lines of 24."""
    return next(10**power for power in range(9) if times <= 48 * 10**power)
