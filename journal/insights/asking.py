"""Questions of one's own: cravings chosen by trigger, time of day and weekday, and two periods side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import fmean, stdev

from journal.insights.observations import CravingObservation, DayRating, Period
from journal.insights.ratings import Ratings, counted
from journal.insights.time_of_week import Part, part_of
from journal.insights.weekly import ALIKE, LEAST_SPREAD

LEAST_DAYS = 8
# A difference is called one from a point on, and from 1.96 standard errors on (two-sided 5 %), as days alike allow.
LEAST_POINTS, LEAST_Z = 1.0, 1.96


@dataclass(frozen=True)
class Choice:
    """What to look at; None is everything. Weekday 0 is Monday. The part of the day chooses among cravings only."""

    trigger: str | None = None
    part: Part | None = None
    weekday: int | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Choice()

    def takes(self, one: CravingObservation) -> bool:
        """Whether a craving is looked at."""
        return (
            (self.trigger is None or self.trigger in one.triggers)
            and (self.part is None or part_of(one.hour) == self.part)
            and (self.weekday is None or one.day.weekday() == self.weekday)
        )

    def takes_day(self, day: date, noted: Mapping[date, set[str]]) -> bool:
        """Whether a day's check-in is looked at: by weekday, and whether the trigger was noted that day."""
        on = self.weekday is None or day.weekday() == self.weekday
        return on and (self.trigger is None or self.trigger in noted.get(day, ()))


@dataclass(frozen=True)
class Answer:
    """One period's share of what was asked for."""

    period: Period
    cravings: tuple[CravingObservation, ...]
    days: tuple[DayRating, ...]

    @property
    def strengths(self) -> Ratings:
        """Intensities of the cravings."""
        return counted(one.intensity for one in self.cravings)

    def rated(self, what: str) -> Ratings:
        """Check-in ratings of one kind: mood, craving or sleep."""
        return counted(getattr(one, what) for one in self.days)


def answer(
    choice: Choice,
    period: Period,
    cravings: Iterable[CravingObservation],
    days: Iterable[DayRating],
    noted: Mapping[date, set[str]],
) -> Answer:
    """Choose what was asked for out of a period's logs."""
    return Answer(
        period,
        tuple(one for one in cravings if one.day in period and choice.takes(one)),
        tuple(one for one in days if one.day in period and choice.takes_day(one.day, noted)),
    )


@dataclass(frozen=True)
class Contrast:
    """Two groups of daily craving ratings: means, days, and whether they may be called different."""

    first: float
    first_days: int
    second: float
    second_days: int
    differs: bool

    @property
    def difference(self) -> float:
        """First minus second."""
        return self.first - self.second


def contrast(first: Answer, second: Answer) -> Contrast | None:
    """Beside each other; None where either has fewer than eight rated days. Neighbouring days count as alike."""
    groups = [[one.craving for one in side.days if one.craving is not None] for side in (first, second)]
    if min(map(len, groups)) < LEAST_DAYS:
        return None
    means = [fmean(group) for group in groups]
    spread = max(LEAST_SPREAD, sqrt(fmean(stdev(group) ** 2 for group in groups)))
    error = spread * sqrt((1 + ALIKE) / (1 - ALIKE) * _shares(groups))
    gap = abs(means[0] - means[1])
    return Contrast(means[0], len(groups[0]), means[1], len(groups[1]), gap >= LEAST_POINTS and gap / error >= LEAST_Z)


def _shares(groups: Sequence[Sequence[int]]) -> float:
    return sum(1 / len(group) for group in groups)
