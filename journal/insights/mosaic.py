"""My year: every day a level, a day without a check-in a gap."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journal.insights.observations import DayRating, Missing, lacking

KINDS = ("mood", "craving", "sleep")
LEVELS = {"mood": 5, "craving": 4, "sleep": 3}


@dataclass(frozen=True)
class Mosaic:
    """A year in days: the level of each noted day (1 is the lowest), and how many of each by month (1-12)."""

    year: int
    kind: str
    levels: dict[date, int]
    months: dict[int, Counter[int]]
    missing: tuple[Missing, ...]

    @property
    def days(self) -> int:
        """How many days have a level."""
        return len(self.levels)


def level_of(kind: str, value: int) -> int:
    """Mood 1-5 and sleep 1-3 are their own levels; craving is none (0), 1-3, 4-6, 7-10."""
    return value if kind != "craving" else 1 if value == 0 else 2 if value <= 3 else 3 if value <= 6 else 4


def mosaic(days: Iterable[DayRating], year: int, kind: str = "mood") -> Mosaic:
    """A year's days; raises ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"no mosaic of {kind}")
    rated = {one.day: getattr(one, kind) for one in days if one.day.year == year}
    levels = {day: level_of(kind, value) for day, value in sorted(rated.items()) if value is not None}
    months: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for day, level in levels.items():
        months[day.month][level] += 1
    return Mosaic(year, kind, levels, dict(months), lacking(("days", len(levels), 1)))
