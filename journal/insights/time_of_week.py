"""When is craving strongest? Seven weekdays by six parts of the day; strength, never counts, which show when people log."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from journal.insights.observations import CravingObservation, Missing, lacking
from journal.insights.ranks import compare, discoveries
from journal.insights.ratings import Ratings, size

LEAST_DAYS, LEAST_RATINGS, LEAST_IN_CELL = 28, 40, 3
PULL = 4  # ratings' worth of the person's own mean in every cell (product rule C2, k = 4)
STANDS_OUT = 1.0
# Ratings of one evening are alike; chance spreads as in the weekly rule, (1 + r) / (1 - r) at r = 0.35.
INFLATION = 1.35 / 0.65


class Part(IntEnum):
    """A part of the day: four hours from four o'clock on. A night belongs to the day it began on."""

    EARLY = 0
    MORNING = 1
    AFTERNOON = 2
    LATE_AFTERNOON = 3
    EVENING = 4
    NIGHT = 5


@dataclass(frozen=True)
class Cell:
    """One part of one weekday (0 is Monday): ratings in it, and their mean pulled towards the person's own."""

    weekday: int
    part: Part
    ratings: Ratings
    strength: float

    @property
    def n(self) -> int:
        """How many ratings."""
        return size(self.ratings)

    @property
    def is_shown(self) -> bool:
        """Whether it holds enough ratings to be coloured and named."""
        return self.n >= LEAST_IN_CELL


@dataclass(frozen=True)
class TimeOfWeek:
    """The week in cells. `highest` is at least a point above the person's own mean; `stands` says chance is unlikely."""

    n: int
    mean: float
    cells: tuple[Cell, ...]
    highest: Cell | None
    stands: bool
    missing: tuple[Missing, ...]


def part_of(hour: int) -> Part:
    """The part of the day an hour (0-23) is in."""
    return Part((hour - 4) % 24 // 4)


def time_of_week(cravings: Sequence[CravingObservation]) -> TimeOfWeek:
    """Mean intensity by weekday and part of the day, each cell pulled towards the person's own mean."""
    found: dict[tuple[int, Part], list[int]] = {}
    for one in cravings:
        found.setdefault((one.day.weekday(), part_of(one.hour)), []).append(one.intensity)
    n = len(cravings)
    mean = sum(map(sum, found.values())) / n if n else 0.0
    cells = tuple(
        Cell(day, part, Counter(values), (sum(values) + PULL * mean) / (len(values) + PULL))
        for (day, part), values in sorted(found.items())
    )
    shown = [cell for cell in cells if cell.is_shown]
    highest = max((cell for cell in shown if cell.strength - mean >= STANDS_OUT), key=lambda cell: cell.strength, default=None)
    return TimeOfWeek(n, mean, cells, highest, highest in _standing(shown, cells), _missing(cravings))


def _standing(shown: Sequence[Cell], cells: Sequence[Cell]) -> list[Cell]:
    """Cells that differ from all other times, with the chance of being fooled held down over all cells at once."""
    total = sum((Counter(cell.ratings) for cell in cells), Counter())
    others = [total - Counter(cell.ratings) for cell in shown]
    ps = [compare(cell.ratings, rest, INFLATION).p if rest else 1.0 for cell, rest in zip(shown, others, strict=True)]
    return [cell for cell, stands in zip(shown, discoveries(ps), strict=True) if stands]


def _missing(cravings: Sequence[CravingObservation]) -> tuple[Missing, ...]:
    days = [one.day for one in cravings]
    span = (max(days) - min(days)).days + 1 if days else 0
    return lacking(("cravings", len(days), LEAST_RATINGS), ("days", span, LEAST_DAYS))
