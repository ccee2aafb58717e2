"""From the database to the insights: one person's logs as numbers, and all figures that come from the journal alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.grants import Grant
from journal.charts.axes import LETTERS
from journal.figures.craving import craving_figure
from journal.figures.figure import Figure, day
from journal.figures.life import together_figure, year_figure
from journal.figures.patterns import differences_figure, named_figure, time_figure
from journal.figures.ways import coping_figure
from journal.insights.coping import coping
from journal.insights.differences import differences
from journal.insights.mosaic import mosaic
from journal.insights.named import named_triggers
from journal.insights.observations import CravingObservation, DayRating, Period, keys_by_day
from journal.insights.over_time import SMOOTHING, Unit, over_time, unit_for
from journal.insights.time_of_week import time_of_week
from journal.insights.together import together
from journal.insights.weekly import flag
from journal.models import CheckIn, Craving, Entry
from journal.querysets import Month

# Patterns look at the latest year at most: what came with cravings years ago is not the person's pattern now, and a slow
# change over years would look like a difference between days.
PATTERN_DAYS = 365
# The weekly rule needs nine weeks; the band of a day looks back 28.
LOOK_BACK = timedelta(days=70)


@dataclass(frozen=True)
class Observed:
    """What was logged in a period, as numbers. `days` may begin earlier; `months` only where the period is many years."""

    period: Period
    days: list[DayRating]
    months: list[Month] | None
    cravings: list[CravingObservation]
    noted: Mapping[date, set[str]]

    @property
    def pattern(self) -> Period:
        """The days that patterns are looked for in."""
        return self.period.latest(PATTERN_DAYS)


def whole(grant: Grant, today: date) -> Period:
    """From the month of the first check-in, or else the day of the first craving, to today. One query, or two."""
    months = CheckIn.objects.for_grant(grant).kept().order_by("local_day").values_list("local_day", flat=True)
    first = (
        months.first()
        or Craving.objects.for_grant(grant).kept().order_by("local_day").values_list("local_day", flat=True).first()
    )
    return Period(min(first or today, today), today)


def observe(grant: Grant, period: Period) -> Observed:
    """Everything that the journal's insights need. Three queries, or four over many years."""
    check_ins = CheckIn.objects.for_grant(grant).kept()
    is_long = unit_for(period) == Unit.MONTH
    pattern = period.latest(PATTERN_DAYS)
    start = min(_back(pattern.first if is_long else period.first, timedelta(days=SMOOTHING[Unit.DAY].band)),
                _back(period.last, LOOK_BACK), date(period.last.year, 1, 1))  # fmt: skip
    cravings = Craving.objects.for_grant(grant).kept().between(pattern.first, pattern.last).as_observations()
    entries = Entry.objects.for_grant(grant).kept().between(pattern.first, pattern.last).noted()
    return Observed(
        period,
        check_ins.between(start, period.last).as_day_ratings(),
        check_ins.between(period.first, period.last).by_month() if is_long else None,
        cravings,
        keys_by_day([*((one.day, one.triggers) for one in cravings), *entries]),
    )


def _back(day: date, span: timedelta) -> date:
    return day - span if day - date.min > span else date.min


def figures(
    seen: Observed, triggers: Mapping[str, str], strategies: Mapping[str, str], today: date, marked: list[date]
) -> Iterator[Figure]:
    """The seven insights that the journal alone can give; names by key."""
    months, period, pattern = seen.months, seen.period, seen.pattern
    line = over_time(seen.days, period, [month.bucket for month in months] if months is not None else None)
    rated = [(one.day, one.craving) for one in seen.days if one.craving is not None]
    yield craving_figure(line, flag(rated, min(today, period.last + timedelta(days=1))), today, marked)
    yield time_figure(time_of_week(seen.cravings))
    yield named_figure(named_triggers(seen.cravings), triggers)
    in_pattern = [one for one in seen.days if one.day in pattern]
    yield differences_figure(differences(in_pattern, seen.noted), triggers)
    yield coping_figure(coping(seen.cravings), strategies)
    averaged = [month.averages for month in months] if months is not None else None
    yield together_figure(together(seen.days, period, averaged), period, marked)
    yield year_figure(mosaic(seen.days, period.last.year))


def asides(changes: Sequence[Any]) -> tuple[str, ...]:
    """What the dashed lines of a picture stand for, in the order of their letters: opened markers of something that changed."""
    return tuple(f"{day(row.local_day)}: {row.label}" for row in changes[: len(LETTERS)])
