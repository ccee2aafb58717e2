"""Is a week unlike the weeks before? Asked once a week, so that it cries wolf seldom (product rule C4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean

from journal.insights.observations import ONE_DAY, Period

WEEK = timedelta(days=7)
LEAST_DAYS, BASE_WEEKS, LEAST_WEEKS = 4, 8, 5
LEAST_SPREAD = 0.8
# How alike neighbouring days are: fixed at first, a person's own from 60 days on, never under 0.3.
ALIKE, LEAST_ALIKE, OWN_FROM = 0.35, 0.3, 60
STRONG = (1.5, 2.33)
LASTING = (1.0, 1.64)

Rated = Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Week:
    """A week beside the eight before it: means, rated days, and the difference in standard errors."""

    period: Period
    mean: float
    days: int
    usual: float
    usual_days: int
    z: float

    @property
    def difference(self) -> float:
        """This week's mean minus the usual."""
        return self.mean - self.usual


@dataclass(frozen=True)
class Flag:
    """A week that is unlike the usual: higher or lower, at once or for the second week running."""

    week: Week
    is_higher: bool
    is_lasting: bool


def flag(days: Rated, today: date, alike: float | None = None) -> Flag | None:
    """The flag on the last whole week (Monday to Sunday) before `today`; None for an ordinary one, or for too few days."""
    monday = today - today.weekday() * ONE_DAY - WEEK
    shared = likeness(days) if alike is None else alike
    week = week_of(days, monday, shared)
    # The week before counts only where this one asks for it.
    is_clear = any(_is(week, sign, LASTING) for sign in (1, -1))
    return flag_of(week, week_of(days, monday - WEEK, shared) if is_clear else None)


def flag_of(week: Week | None, before: Week | None) -> Flag | None:
    """Strongly unlike at once, or clearly unlike twice running, the same way."""
    for sign in (1, -1):
        if _is(week, sign, STRONG):
            return Flag(week, sign > 0, is_lasting=False)  # type: ignore[arg-type]
        if _is(week, sign, LASTING) and _is(before, sign, LASTING):
            return Flag(week, sign > 0, is_lasting=True)  # type: ignore[arg-type]
    return None


def week_of(days: Rated, monday: date, alike: float = ALIKE) -> Week | None:
    """The week from `monday` beside the eight before; None where either has too few rated days."""
    values = {at: [] for at in range(BASE_WEEKS + 1)}  # type: dict[int, list[int]]
    for day, rating in days:
        back = (monday - day).days
        at = (back + 6) // 7
        if back >= -6 and at <= BASE_WEEKS:
            values[max(at, 0)].append(rating)
    valid = [values[at] for at in range(1, BASE_WEEKS + 1) if len(values[at]) >= LEAST_DAYS]
    if len(values[0]) < LEAST_DAYS or len(valid) < LEAST_WEEKS:
        return None
    return _week(monday, values[0], [rating for week in valid for rating in week], alike)


def _week(monday: date, now: Sequence[int], base: Sequence[int], alike: float) -> Week:
    error = standard_error(base, len(now), alike)
    mean, usual = fmean(now), fmean(base)
    return Week(Period(monday, monday + 6 * ONE_DAY), mean, len(now), usual, len(base), (mean - usual) / error)


def standard_error(base: Sequence[int], days: int, alike: float) -> float:
    """The standard error of the difference between a week of so many days and its base, neighbouring days being alike."""
    spread = max(LEAST_SPREAD, _stdev(base))
    return sqrt(spread**2 * (1 + alike) / (1 - alike) * (1 / days + 1 / len(base)))


def _stdev(ratings: Sequence[int]) -> float:
    """The sample standard deviation: exact for whole numbers, and a tenth of the cost of the general one."""
    n, total = len(ratings), sum(ratings)
    return sqrt((n * sum(one * one for one in ratings) - total * total) / (n * (n - 1)))


def likeness(days: Rated) -> float:
    """The lag-one correlation of a person's ratings on neighbouring days, once there are enough; else the fixed value."""
    if len(days) < OWN_FROM:
        return ALIKE
    held = dict(days)
    pairs = [(rating, held[after]) for day, rating in held.items() if (after := day + ONE_DAY) in held]
    n, total = len(held), sum(held.values())
    # Sums of whole numbers: the same as means of differences, without rounding and at a third of the cost.
    spread = n * sum(one * one for one in held.values()) - total * total
    if len(pairs) < OWN_FROM // 2 or not spread:
        return ALIKE
    products, sums = sum(a * b for a, b in pairs), sum(a + b for a, b in pairs)
    together = (n * n * products - n * total * sums + len(pairs) * total * total) / len(pairs) / spread
    return min(0.9, max(LEAST_ALIKE, together))


def _is(week: Week | None, sign: int, rule: tuple[float, float]) -> bool:
    return week is not None and sign * week.difference >= rule[0] and sign * week.z >= rule[1]
