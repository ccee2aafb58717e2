"""When is craving strongest? Seven weekdays by six parts of the day; strength, never counts, which show when people log."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from journal.insights.observations import CravingObservation, Missing, lacking

LEAST_DAYS, LEAST_RATINGS, LEAST_IN_CELL = 28, 40, 3
PULL = 4  # ratings' worth of the person's own mean in every cell (product rule C2, k = 4)
STANDS_OUT = 1.0


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
    n: int
    strength: float

    @property
    def is_shown(self) -> bool:
        """Whether it holds enough ratings to be coloured and named."""
        return self.n >= LEAST_IN_CELL


@dataclass(frozen=True)
class TimeOfWeek:
    """The week in cells; `highest` only where it stands at least a point above the person's own mean."""

    n: int
    mean: float
    cells: tuple[Cell, ...]
    highest: Cell | None
    missing: tuple[Missing, ...]


def part_of(hour: int) -> Part:
    """The part of the day an hour (0-23) is in."""
    return Part((hour - 4) % 24 // 4)


def time_of_week(cravings: Sequence[CravingObservation]) -> TimeOfWeek:
    """Mean intensity by weekday and part of the day, each cell pulled towards the person's own mean."""
    sums: dict[tuple[int, Part], list[int]] = {}
    for one in cravings:
        cell = sums.setdefault((one.day.weekday(), part_of(one.hour)), [0, 0])
        cell[0] += 1
        cell[1] += one.intensity
    n = len(cravings)
    mean = sum(total for _n, total in sums.values()) / n if n else 0.0
    cells = tuple(Cell(day, part, k, (total + PULL * mean) / (k + PULL)) for (day, part), (k, total) in sorted(sums.items()))
    return TimeOfWeek(n, mean, cells, _highest(cells, mean), _missing(cravings))


def _highest(cells: Sequence[Cell], mean: float) -> Cell | None:
    named = [cell for cell in cells if cell.is_shown and cell.strength - mean >= STANDS_OUT]
    return max(named, key=lambda cell: cell.strength, default=None)


def _missing(cravings: Sequence[CravingObservation]) -> tuple[Missing, ...]:
    days = [one.day for one in cravings]
    span = (max(days) - min(days)).days + 1 if days else 0
    return lacking(("cravings", len(days), LEAST_RATINGS), ("days", span, LEAST_DAYS))
