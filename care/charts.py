"""Four small charts, by the code of the person's own insights, as far as insights and what they are made of are shared."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.grants import Category
from care.gathered import Gathered
from goals.progress import WeekOfSteps
from journal.figures.craving import craving_figure
from journal.figures.figure import Figure
from journal.figures.one_line import mood_figure, sleep_figure
from journal.figures.steps import steps_figure
from journal.insights.over_time import over_time
from journal.models import Marker
from journal.observing import asides


def changes_of(found: Gathered) -> list[Any]:
    """Days on which the person marked a change, opened. One query."""
    period, grant = found.charted, found.reading.grant
    if period is None:
        return []
    rows = Marker.objects.for_grant(grant).between(period.first, period.last).filter(instrument="")
    return grant.open(rows.order_by("local_day", "pk"))


def charts(found: Gathered, weeks: Sequence[WeekOfSteps], changes: Sequence[Any] = ()) -> list[Figure]:
    """Craving, mood, sleep and steps. No query."""
    return list(_charts(found, weeks, changes))


def _charts(found: Gathered, weeks: Sequence[WeekOfSteps], changes: Sequence[Any]) -> Iterator[Figure]:
    period, reading = found.charted, found.reading
    if period is None:
        return
    if reading.shows(Category.CHECK_INS):
        marked: list[date] = [row.local_day for row in changes]
        days = found.compared
        craving = craving_figure(over_time(days, period), None, reading.today, marked)
        yield replace(craving, asides=asides(changes))
        yield mood_figure(days, period, marked)
        yield sleep_figure(days, period, marked)
    if reading.shows(Category.GOALS):
        yield steps_figure([week for week in weeks if week.monday >= period.first])
