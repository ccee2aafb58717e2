"""One goal: its steps, the logs that count towards it, and what it links to."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.days import local_day
from accounts.grants import Grant, Opened
from accounts.ids import parse_id
from accounts.people import person_of, today_of
from goals.forms import StepForm
from goals.models import Goal, LookBack, Step
from goals.progress import look_back_offer, progress
from journal.models import Craving
from journal.words import STRATEGY, TRIGGER, words_for
from library.shelf import shelf

SHOWN_LOGS, SHOWN_LOOK_BACKS = 5, 10


def goal_detail(request: HttpRequest, goal_id) -> HttpResponse:
    """`/goals/<uuid>/`. Eight queries, whatever the number of steps and logs."""
    grant, today = Grant.own(request), today_of(request)
    goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
    looked = LookBack.objects.for_grant(grant).of_goal(goal.row)[:SHOWN_LOOK_BACKS]
    ended_on = closed_on(goal, person_of(request))
    context = {
        "nav": "goals",
        "goal": goal,
        "is_active": goal.status == Goal.Status.ACTIVE,
        "closed_on": ended_on,
        "offer": look_back_offer(goal.local_day, goal.looked_back_on, goal.target_on, today),
        "look_backs": grant.open(looked),
        "step_form": StepForm(),
        "arrange": "arrange" in request.GET,
        "both": "both" in request.GET,
        **steps_and_progress(grant, goal, ended_on or today, parse_id(request.GET.get("undo"))),
        **links(grant, goal),
    }
    return render(request, "goals/goal_detail.html", context)


def closed_on(goal: Opened, person: Any) -> date | None:
    """The person's day on which the goal was closed."""
    return local_day(goal.closed_at, person.tz, person.day_start) if goal.closed_at else None


def steps_and_progress(grant: Grant, goal: Opened, last: date, undo_id: Any) -> dict[str, Any]:
    """The steps, how far they are, and the logs that count: up to today, or to the day it was closed. Three queries."""
    every_step = grant.open(Step.objects.for_grant(grant).of_goal(goal.row))
    steps = [step for step in every_step if step.deleted_at is None]
    observations, logs = counted_logs(grant, goal, last)
    return {
        "steps": steps,
        "undo": next((step for step in every_step if step.deleted_at and step.pk == undo_id), None),
        "progress": progress(
            [step.done_at is not None for step in steps],
            observations,
            strategy=goal.counts_strategy,
            target=goal.counts_target,
            started_on=goal.local_day,
            today=last,
        ),
        "logs": logs,
    }


def links(grant: Grant, goal: Opened) -> dict[str, Any]:
    """What the goal goes with: names, the page that explains it, its part of life. One query."""
    words, shelf_now = words_for(grant), shelf()
    template, skill = shelf_now.templates.get(goal.template), shelf_now.life_skills.get(goal.life_skill)
    pages = [shelf_now.pages.get(word.page) for word in (template, skill) if word]
    return {
        "counted": words.strategies.get(goal.counts_strategy),
        "triggers": words.named(TRIGGER, goal.triggers),
        "strategies": words.named(STRATEGY, goal.strategies),
        "page": next((page for page in pages if page), None),
        "skill": skill,
    }


def counted_logs(grant: Grant, goal: Opened, last: date) -> tuple[list, list]:
    """Observations that count, and the latest of their rows to show; nothing where the goal counts no strategy."""
    if not goal.counts_strategy:
        return [], []
    found = Craving.objects.for_grant(grant).kept().with_tag(STRATEGY, goal.counts_strategy).between(goal.local_day, last)
    return found.as_observations(), grant.open(found.newest_first()[:SHOWN_LOGS])
