"""Counting what a person has built, over journal, goals and reading, in one query."""

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, IntegerField, Q, Value
from django.db.models.functions import Cast

from accounts.days import day_begins
from accounts.grants import Grant
from goals.models import Goal, Step
from goals.progress import WeekOfSteps
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
    return _told(_rows(_queries(grant, person, period)))


def built_and_weeks(grant: Grant, person: Any, period: Period) -> tuple[Built, list[WeekOfSteps]]:
    """The same, and the weeks that steps were planned for, oldest first; still one query."""
    planned = Step.objects.for_grant(grant).of_goals().filter(planned_week__range=(period.first, period.last))
    by_week = planned.order_by().select_related(None).annotate(what=Cast("planned_week", CharField())).values("what")
    weeks = by_week.annotate(times=Count("pk"), more=Count("done_at")).values_list("what", "times", "more")
    found = _rows([*_queries(grant, person, period), weeks])
    mondays = sorted(what for what in found if what[0].isdigit())
    return _told(found), [WeekOfSteps(date.fromisoformat(monday), *found[monday]) for monday in mondays]


def _queries(grant: Grant, person: Any, period: Period) -> list[Any]:
    first, end = moments(person, period)
    done = {"gte": first, "lt": end}
    days = (period.first, period.last)
    logs = {model: model.objects.for_grant(grant).kept().between(*days) for model in (CheckIn, Craving, Entry)}
    return [
        _counted(logs[CheckIn], "check_ins", Count("local_day", distinct=True)),
        _counted(logs[Craving], "cravings_noticed", Count("pk", filter=~Q(strategies=[]))),
        _counted(logs[Entry], "entries"),
        _counted(Step.objects.for_grant(grant).of_goals().filter(**_at("done_at", done)), "steps_done"),
        _counted(Goal.objects.for_grant(grant).kept().filter(status=Goal.Status.DONE, **_at("closed_at", done)), "goals_done"),
        _counted(Reading.objects.for_grant(grant).filter(**_at("finished_at", done)), "pages_finished"),
    ]


def _rows(queries: list[Any]) -> dict[str, tuple[int, int]]:
    return {what: (times, more) for what, times, more in queries[0].union(*queries[1:], all=True)}


def _told(found: dict[str, tuple[int, int]]) -> Built:
    """The counts by name; check-ins and cravings bring a second one along."""
    also = {"check_in_days": found.get("check_ins", (0, 0))[1], "strategies_used": found.get("cravings_noticed", (0, 0))[1]}
    return Built(**{what: times for what, (times, _more) in found.items() if not what[0].isdigit()}, **also)


def _at(field: str, bounds: dict[str, datetime]) -> dict[str, datetime]:
    return {f"{field}__{name}": moment for name, moment in bounds.items()}


def _counted(rows: Any, name: str, more: Any = None) -> Any:
    """A query of one row at most: the name, how many, and a second count where one is asked for."""
    grouped = rows.order_by().select_related(None).annotate(what=Value(name)).values("what")
    second = Value(0, output_field=IntegerField()) if more is None else more
    return grouped.annotate(times=Count("pk"), more=second).values_list("what", "times", "more")
