"""How do sleep, mood and craving move together? Three lines over the same days, and nothing computed between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from journal.insights.observations import DayRating, Missing, Period, lacking
from journal.insights.over_time import Unit, unit_for, unit_start

LEAST_DAYS = 7
SCALES = {"sleep": (1, 3), "mood": (1, 5), "craving": (0, 10)}


@dataclass(frozen=True)
class Averages:
    """A unit of time: days with a check-in, and the mean of each rating (None where it was not answered)."""

    first: date
    n: int
    sleep: float | None
    mood: float | None
    craving: float | None


@dataclass(frozen=True)
class Together:
    """The three lines, as averages of days, weeks or months."""

    unit: Unit
    days: int
    averages: tuple[Averages, ...]
    missing: tuple[Missing, ...]


def together(days: Iterable[DayRating], period: Period, counted: Sequence[Averages] | None = None) -> Together:
    """The lines of a period; `counted` where the database has averaged already."""
    unit = unit_for(period)
    found = averages([one for one in days if one.day in period], unit) if counted is None else list(counted)
    n = sum(one.n for one in found)
    return Together(unit, n, tuple(found), lacking(("check-in days", n, LEAST_DAYS)))


def averages(days: Iterable[DayRating], unit: Unit) -> list[Averages]:
    """Means by unit, oldest first; only units that have a check-in."""
    groups: dict[date, list[DayRating]] = {}
    for one in days:
        groups.setdefault(unit_start(one.day, unit), []).append(one)
    return [
        Averages(first, len(group), *(_mean([getattr(one, name) for one in group]) for name in SCALES))
        for first, group in sorted(groups.items())
    ]


def _mean(values: Iterable[int | None]) -> float | None:
    given = [value for value in values if value is not None]
    return sum(given) / len(given) if given else None
