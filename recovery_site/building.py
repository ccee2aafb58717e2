"""Counting what a person has built, over journal, goals and reading, in one query."""

from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, Value

from accounts.days import day_begins
from accounts.grants import Grant
from goals.models import Goal, Step
from journal.insights.built import Built
from journal.insights.observations import ONE_DAY, Period
from journal.models import CheckIn, Craving, Entry
from reading.models import Reading


def moments(person: Any, period: Period) -> tuple[datetime, datetime]:
    """From the first moment of a period's first day to the first after its last, by the person's clock."""
    bounds = period.first, period.last + ONE_DAY
    first, end = (day_begins(day, person.tz, person.day_start) for day in bounds)
    return first, end


def built(grant: Grant, person: Any, period: Period) -> Built:
    """What was done in a period. One query; steps, goals and pages count on the day they were done."""
    first, end = moments(person, period)
    done = {"gte": first, "lt": end}
    queries = [
        _logs(grant, CheckIn, period, "check_ins"),
        _counted(CheckIn.objects.for_grant(grant).kept().between(period.first, period.last), "check_in_days", _days()),
        _logs(grant, Craving, period, "cravings_noticed"),
        _counted(
            Craving.objects.for_grant(grant).kept().between(period.first, period.last).exclude(strategies=[]), "strategies_used"
        ),
        _logs(grant, Entry, period, "entries"),
        _counted(Step.objects.for_grant(grant).of_goals().filter(**_at("done_at", done)), "steps_done"),
        _counted(Goal.objects.for_grant(grant).kept().filter(status=Goal.Status.DONE, **_at("closed_at", done)), "goals_done"),
        _counted(Reading.objects.for_grant(grant).filter(**_at("finished_at", done)), "pages_finished"),
    ]
    return Built(**dict(queries[0].union(*queries[1:], all=True)))


def _at(field: str, bounds: dict[str, datetime]) -> dict[str, datetime]:
    return {f"{field}__{name}": moment for name, moment in bounds.items()}


def _days() -> Count:
    return Count("local_day", distinct=True)


def _logs(grant: Grant, model: Any, period: Period, name: str) -> Any:
    return _counted(model.objects.for_grant(grant).kept().between(period.first, period.last), name)


def _counted(rows: Any, name: str, how: Any = None) -> Any:
    """A query of one row: the name, and how many."""
    grouped = rows.order_by().select_related(None).annotate(what=Value(name)).values("what")
    return grouped.annotate(times=how or Count("pk", filter=Q(), output_field=IntegerField())).values_list("what", "times")
