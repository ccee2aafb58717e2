"""How has craving been? Middle ratings over time; a day without a rating stays a gap."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journal.insights.observations import ONE_DAY, DayRating, Missing, Period, lacking
from journal.insights.ratings import Ratings, counted, median, middle_half, size

STRETCH_DAYS, STRETCH_LEAST = 14, 5
BAND_LEAST = 10


class Unit(StrEnum):
    """What one point of a line stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Smoothing:
    """How many units a point and its band look back over, and how many ratings the point needs."""

    line: int
    band: int
    least: int

    @property
    def reach(self) -> int:
        """How many units before the first point still count for it."""
        return max(self.band, 2 * self.line)


DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31}
SMOOTHING = {Unit.DAY: Smoothing(7, 28, 3), Unit.WEEK: Smoothing(1, 4, 3), Unit.MONTH: Smoothing(1, 1, 5)}


@dataclass(frozen=True)
class Bucket:
    """The ratings of one unit of time, which begins on `first`."""

    first: date
    ratings: Ratings


@dataclass(frozen=True)
class Point:
    """The middle rating around a day, from `n` ratings; `band` is the middle half, or None for too few."""

    day: date
    n: int
    median: float | None
    band: tuple[int, int] | None


@dataclass(frozen=True)
class Stretch:
    """The ratings of some days: how many, and between what the middle half lay (None for too few to say)."""

    period: Period
    n: int
    mostly: tuple[int, int] | None


@dataclass(frozen=True)
class OverTime:
    """Dots (day, rating), points of the line, the latest two weeks and the two before."""

    period: Period
    unit: Unit
    n: int
    dots: tuple[tuple[date, int], ...]
    points: tuple[Point, ...]
    lately: Stretch
    before: Stretch
    missing: tuple[Missing, ...]


def unit_for(period: Period) -> Unit:
    """Days up to four months, weeks up to about two years, months beyond."""
    return Unit.DAY if period.days <= 124 else Unit.WEEK if period.days <= 800 else Unit.MONTH


def unit_start(day: date, unit: Unit) -> date:
    """The first day of the unit that `day` is in; weeks begin on Monday."""
    if unit == Unit.MONTH:
        return day.replace(day=1)
    return day - day.weekday() * ONE_DAY if unit == Unit.WEEK else day


def next_start(first: date, unit: Unit) -> date:
    """The first day of the unit after."""
    if unit == Unit.MONTH:
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + (7 if unit == Unit.WEEK else 1) * ONE_DAY


def starts(period: Period, unit: Unit) -> list[date]:
    """The units that a period touches, by their first days."""
    found = [unit_start(period.first, unit)]
    while (following := next_start(found[-1], unit)) <= period.last:
        found.append(following)
    return found


def buckets_of(days: Iterable[DayRating], unit: Unit) -> list[Bucket]:
    """Craving ratings by unit, oldest first; only units that have any."""
    found: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for rating in days:
        if rating.craving is not None:
            found[unit_start(rating.day, unit)][rating.craving] += 1
    return [Bucket(first, found[first]) for first in sorted(found)]


def over_time(days: Sequence[DayRating], period: Period, buckets: Sequence[Bucket] | None = None) -> OverTime:
    """The line for a period. `days` may begin earlier, so that the first points have something to look back on.

    `buckets` are given where the database has counted already (months over many years).
    """
    unit = unit_for(period)
    dots = tuple((r.day, r.craving) for r in days if r.craving is not None and r.day in period)
    points = _points(buckets_of(days, unit) if buckets is None else buckets, period, unit)
    n = len(dots) if unit != Unit.MONTH else sum(point.n for point in points)
    lately = Period.ending(period.last, min(STRETCH_DAYS, period.days))
    return OverTime(
        period,
        unit,
        n,
        dots if unit != Unit.MONTH else (),
        points,
        stretch(days, lately),
        stretch(days, lately.before()),
        lacking(("ratings", n, 1)),
    )


def stretch(days: Iterable[DayRating], period: Period, rating: str = "craving") -> Stretch:
    """Between what the middle half of a period's ratings lay, of craving unless told; said from five ratings on."""
    found = counted(getattr(r, rating) for r in days if r.day in period)
    n = size(found)
    return Stretch(period, n, middle_half(found) if n >= STRETCH_LEAST else None)


def _points(buckets: Sequence[Bucket], period: Period, unit: Unit) -> tuple[Point, ...]:
    rule, first = SMOOTHING[unit], unit_start(period.first, unit)
    reach = rule.reach * DAYS[unit]
    held = {bucket.first: bucket.ratings for bucket in buckets if (first - bucket.first).days <= reach}
    every = starts(Period(min([*held, first]), period.last), unit)
    windows = zip(every, *(rolling(held, every, width) for width in (rule.line, 2 * rule.line, rule.band)), strict=True)
    return tuple(_point(day, size(held.get(day, {})), rule, *found) for day, *found in windows if day >= first)


def rolling(held: Mapping[date, Ratings], every: Sequence[date], width: int) -> Iterator[Ratings]:
    """For each unit the ratings of the `width` units that end with it. The counts are valid until the next is asked for."""
    counts: Counter[int] = Counter()
    for at, day in enumerate(every):
        for value, times in held.get(day, {}).items():
            counts[value] += times
        for value, times in held.get(every[at - width], {}).items() if at >= width else ():
            counts[value] -= times
        yield counts


def _point(day: date, n: int, rule: Smoothing, near: Ratings, lately: Ratings, wide: Ratings) -> Point:
    if size(near) < rule.least or size(lately) < STRETCH_LEAST:
        return Point(day, n, None, None)
    return Point(day, n, median(near), middle_half(wide) if size(wide) >= BAND_LEAST else None)
