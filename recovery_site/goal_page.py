"""One goal: its steps, the logs that count towards it, and what it links to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.grants import Grant
from accounts.ids import parse_id
from accounts.people import today_of
from goals.forms import StepForm
from goals.models import Goal, Step
from goals.progress import has_passed, is_look_back_due, progress
from journal.models import Craving
from journal.words import STRATEGY, TRIGGER, words_for
from library.shelf import shelf

SHOWN_LOGS = 5


def goal_detail(request: HttpRequest, goal_id) -> HttpResponse:
    """`/goals/<uuid>/`."""
    grant = Grant.own(request)
    goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
    today = today_of(request)
    context = {
        "goal": goal,
        "is_active": goal.status == Goal.Status.ACTIVE,
        "look_back": is_look_back_due(goal.local_day, goal.looked_back_on, today),
        "passed": has_passed(goal.target_on, today),
        "step_form": StepForm(),
        **steps_and_progress(grant, goal, today, parse_id(request.GET.get("undo"))),
        **links(grant, goal),
    }
    return render(request, "goals/goal_detail.html", context)


def steps_and_progress(grant: Grant, goal, today, undo_id) -> dict[str, Any]:
    """The steps, how far they are, and the logs that count. Three queries."""
    rows = Step.objects.for_grant(grant).filter(goal=goal.row).order_by("position", "created_at", "pk")
    every_step = grant.open(rows)
    steps = [step for step in every_step if step.deleted_at is None]
    observations, logs = counted_logs(grant, goal, today)
    done = [step.done_at is not None for step in steps]
    return {
        "steps": steps,
        "undo": next((step for step in every_step if step.deleted_at and step.pk == undo_id), None),
        "progress": progress(done, observations, goal.counts_strategy, goal.counts_target, goal.local_day),
        "logs": logs,
    }


def links(grant: Grant, goal) -> dict[str, Any]:
    """What the goal goes with: names, its page, its part of life."""
    words, shelf_now = words_for(grant), shelf()
    template = shelf_now.templates.get(goal.template)
    return {
        "counted": words.strategies.get(goal.counts_strategy),
        "triggers": words.named(TRIGGER, goal.triggers),
        "strategies": words.named(STRATEGY, goal.strategies),
        "page": shelf_now.pages.get(template.page) if template else None,
        "skill": shelf_now.life_skills.get(goal.life_skill),
    }


def counted_logs(grant: Grant, goal, today) -> tuple[list, list]:
    """Observations that count, and the latest of their rows to show; nothing where the goal counts no strategy."""
    if not goal.counts_strategy:
        return [], []
    found = Craving.objects.for_grant(grant).kept().with_tag(STRATEGY, goal.counts_strategy).between(goal.local_day, today)
    return found.as_observations(), grant.open(found.newest_first()[:SHOWN_LOGS])
