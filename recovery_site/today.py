"""Today: the check-in card, the next step, what was noted lately, what a counselor sent, and the last seven days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import IntegerField, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.days import local_day, wall_clock, week_of
from accounts.grants import Grant
from accounts.people import person_of
from goals.models import Step
from journal.forms.logs import CheckInForm
from journal.models import CheckIn, Craving, Lapse, Since
from journal.views.since import lines
from journal.words import words_for
from reading.models import Suggestion
from recovery_site.suggestions import card_for
from recovery_site.today_care import from_counselor, marks

CARD_DAYS = 3
# Stands where a craving has its strength: the row is a line of days.
COUNTED = -1


@dataclass(frozen=True)
class Day:
    """One day of the strip; None is a gap, and is shown as one."""

    day: date
    mood: int | None
    check_ins: int
    cravings: int
    strongest: int | None

    @property
    def is_gap(self) -> bool:
        """Whether nothing was logged."""
        return not self.check_ins and not self.cravings


def strip(days: list[date], check_ins: list[CheckIn], cravings: list[tuple[date, int]]) -> list[Day]:
    """The days with what they hold; `check_ins` newest first, so that the latest of a day counts."""
    by_day: dict[date, list[CheckIn]] = {}
    for row in check_ins:
        by_day.setdefault(row.local_day, []).append(row)
    felt: dict[date, list[int]] = {}
    for day, intensity in cravings:
        felt.setdefault(day, []).append(intensity)
    return [
        Day(
            day,
            next((row.mood for row in by_day.get(day, []) if row.mood), None),
            len(by_day.get(day, [])),
            len(felt.get(day, [])),
            max(felt.get(day, []), default=None),
        )
        for day in days
    ]


def part_of_day(now: datetime, tz: str) -> str:
    """morning, afternoon or evening, for the greeting."""
    hour = wall_clock(now, tz).hour
    return "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"


def today(request: HttpRequest) -> HttpResponse:
    """The page a person comes to every day."""
    person = person_of(request)
    if person.onboarded_at is None:
        return redirect("onboarding", step="why")
    grant, now = Grant.own(request), timezone.now()
    day = local_day(now, person.tz, person.day_start)
    recent = Suggestion.objects.for_grant(grant).since(week_of(day)[-CARD_DAYS]).filter(answer="").newest_first().first()
    form = CheckInForm(clock=person, now=now)
    week = last_week(grant, day, now)
    context = {
        "part_of_day": part_of_day(now, person.tz),
        "day": day,
        "form": form,
        "quick": [form["mood"], form["craving"], form["sleep"]],
        "step": next_step(grant),
        "card": card_for(recent, words_for(grant)) if recent else None,
        **week,
        **from_counselor(grant, person, week["marks"], now),
    }
    return render(request, "recovery_site/today.html", context)


def last_week(grant: Grant, day: date, now: datetime) -> dict[str, Any]:
    """The strip, the check-in of today, whether yesterday is a gap, what may be looked back at, and marks for what a counselor
    sent. Two queries.
    """
    days = week_of(day)
    check_ins = list(CheckIn.objects.for_grant(grant).kept().between(days[0], day).newest_first())
    rows = felt_and_waiting(grant, days, now)
    cravings = [(at, strength) for at, strength, _pk in rows if strength is not None and strength >= 0]
    has_lines = any(strength == COUNTED for _at, strength, _pk in rows)
    shown = next((row for row in check_ins if row.local_day == day), None)
    return {
        "shown": grant.open_one(shown) if shown else None,
        "earlier": sum(row.local_day == day for row in check_ins) - 1,
        "look_back": next((pk for _at, strength, pk in rows if strength is None), None),
        # Costs a query more only for somebody who counts days here.
        "since": lines(grant, Since.objects.for_grant(grant).on_today(), day) if has_lines else [],
        "strip": strip(days, check_ins, cravings),
        "marks": [strength for _at, strength, _pk in rows],
        "first_day": not check_ins and not cravings,
        "gap_yesterday": bool(check_ins) and not any(row.local_day == days[-2] for row in check_ins),
    }


def felt_and_waiting(grant: Grant, days: list[date], now: datetime) -> list[tuple[date, int | None, Any]]:
    """Cravings of these days as (day, strength, id), and in the same query a row for each thing that waits: None stands for a
    return to use to look back at, a number below zero for a line of days or for what a counselor sent.
    """
    lately = Craving.objects.for_grant(grant).kept().between(days[0], days[-1])
    look_backs = Lapse.objects.for_grant(grant).kept().to_look_back(now).annotate(none=Value(None, IntegerField()))
    counted = Since.objects.for_grant(grant).on_today().annotate(mark=Value(COUNTED, IntegerField()))
    others = [look_backs.values_list("local_day", "none", "pk"), counted.values_list("local_day", "mark", "pk")]
    columns = lately.values_list("local_day", "intensity", "pk").order_by()
    return list(columns.union(*(other.order_by() for other in [*others, *marks(grant, now)]), all=True))


def next_step(grant: Grant):
    """The step to take next, opened, with its goal; None when there is none."""
    step = Step.objects.for_grant(grant).kept().next_open().first()
    return grant.open_one(step) if step else None
