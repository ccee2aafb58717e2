"""All goals on one page."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from accounts.days import local_day, monday_of
from accounts.grants import Grant, Opened
from accounts.ids import parse_id
from accounts.people import person_of, today_of
from goals.models import Goal, Step
from goals.progress import Offer, look_back_offer, progress
from library.shelf import shelf
from library.words import TemplateWord

SUGGESTED, CLOSED = 3, 20


class GoalList(View):
    """This week's steps, then goals by life skill, then what is done. Five queries; six with Undo."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Everything opened once; `?undo=` offers to take a goal back, `?done=all` shows every closed one."""
        grant, today = Grant.own(request), today_of(request)
        everything = request.GET.get("done") == "all"
        goals = grant.open(Goal.objects.for_grant(grant).kept().active())
        closed = grant.open(Goal.objects.for_grant(grant).kept().closed()[: None if everything else CLOSED + 1])
        steps = grant.open(Step.objects.for_grant(grant).of_active_goals())
        context = {
            "nav": "goals",
            "groups": grouped(cards(goals, steps, today)),
            "week": this_week(goals, steps, person_of(request), today),
            "closed": closed[: None if everything else CLOSED],
            "more_closed": not everything and len(closed) > CLOSED,
            "everything": everything,
            "undo": removed(grant, parse_id(request.GET.get("undo"))),
            "suggested": suggested() if not goals else [],
        }
        return render(request, "goals/goal_list.html", context)


def removed(grant: Grant, goal_id: Any) -> Opened | None:
    """The goal just put into the bin, for its Undo; a query only where there is one."""
    goal = Goal.objects.for_grant(grant).binned().filter(pk=goal_id).first() if goal_id else None
    return grant.open_one(goal) if goal else None


def cards(goals: list[Opened], steps: list[Opened], today: date) -> list[dict[str, Any]]:
    """Each goal with how far its steps are, and whether to look back."""
    own: dict[Any, list[Opened]] = {goal.pk: [] for goal in goals}
    for step in steps:
        own.get(step.goal_id, []).append(step)
    return [
        {
            "goal": goal,
            "progress": progress(step.done_at is not None for step in own[goal.pk]),
            "look_back": look_back_offer(goal.local_day, goal.looked_back_on, goal.target_on, today) != Offer.NONE,
        }
        for goal in goals
    ]


def grouped(found: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Cards by life skill, in the library's order; a skill that it does not name comes last."""
    names = {slug: skill.name for slug, skill in shelf().life_skills.items()}
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in names.values()}
    for card in found:
        groups.setdefault(names.get(card["goal"].life_skill, _("Other")), []).append(card)
    return [(name, group) for name, group in groups.items() if group]


def this_week(goals: list[Opened], steps: list[Opened], person: Any, today: date) -> list[dict[str, Any]]:
    """Open steps planned for this week or left from an earlier one, then what was ticked today."""
    titles = {goal.pk: goal.title for goal in goals}
    mine = [{"step": step, "goal_title": titles[step.goal_id]} for step in steps if step.goal_id in titles]
    planned = [item for item in mine if is_planned(item["step"], monday_of(today))]
    ticked = [item for item in mine if was_ticked_on(item["step"], today, person)]
    return planned + ticked


def is_planned(step: Opened, monday: date) -> bool:
    """Whether a step is still to take, and planned for the week of `monday` or before."""
    return step.done_at is None and step.planned_week is not None and step.planned_week <= monday


def was_ticked_on(step: Opened, day: date, person: Any) -> bool:
    """Whether a step was ticked on this day of the person's."""
    return step.done_at is not None and local_day(step.done_at, person.tz, person.day_start) == day


def suggested() -> list[TemplateWord]:
    """A few templates to start with, each from another part of life."""
    first: dict[str, TemplateWord] = {}
    for template in shelf().templates.values():
        if not template.is_retired:
            first.setdefault(template.life_skill, template)
    return [first[slug] for slug in shelf().life_skills if slug in first][:SUGGESTED]
