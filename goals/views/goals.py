"""Starting, mending, closing and removing a goal."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.ids import new_id
from accounts.people import person_of, today_of
from accounts.writing import Stale, into_bin, out_of_bin
from goals import actions
from goals.forms import GoalForm
from goals.models import Goal
from goals.views.addresses import back, goal_address
from library.shelf import shelf
from library.words import TemplateWord


def templates_by_skill() -> list[tuple[Any, list[TemplateWord]]]:
    """Templates in use, by life skill; skills without one are left out."""
    on_offer = [template for template in shelf().templates.values() if not template.is_retired]
    groups = [(skill, [t for t in on_offer if t.life_skill == skill.slug]) for skill in shelf().life_skills.values()]
    return [group for group in groups if group[1]]


def template_values(template: TemplateWord | None, today: date) -> dict[str, Any]:
    """What a template fills in; every word of it can be changed."""
    if template is None:
        return {}
    goal, words, steps = actions.from_template(template, new_id())
    values = {name: getattr(goal, name) for name in ("template", "life_skill", "counts_strategy", "counts_target")}
    return words | values | {"first_step": steps[0], "target_on": today + timedelta(weeks=template.weeks)}


class GoalCreate(View):
    """Choose a template, or write in one's own words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The templates; or the form, filled from `?template=` or empty with `?own=1`."""
        template = shelf().templates.get(request.GET.get("template", ""))
        if template is None and "own" not in request.GET:
            return render(request, "goals/template_list.html", {"nav": "goals", "groups": templates_by_skill()})
        today = today_of(request)
        return self._page(request, GoalForm(today=today, initial=template_values(template, today)), template)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the goal once; what was removed meanwhile comes with its Undo."""
        grant = Grant.own(request)
        template = shelf().templates.get(request.POST.get("template", ""))
        initial = {"counts_strategy": template.counts_strategy, "life_skill": template.life_skill} if template else {}
        form = GoalForm(request.POST, today=today_of(request), initial=initial)
        if not form.is_valid():
            return self._page(request, form, template, 422)
        goal, steps = self._goal(form, template)
        started = actions.start_goal(grant, person_of(request), goal, form.words(), steps, timezone.now())
        return redirect(removed_address(started.pk) if started.is_binned else goal_address(started.pk))

    @staticmethod
    def _goal(form: GoalForm, template: TemplateWord | None) -> tuple[Goal, list[str]]:
        goal, steps = Goal(pk=form.cleaned_data["id"]), [form.cleaned_data["first_step"]]
        if template is not None:
            goal, _words, own_steps = actions.from_template(template, goal.pk)
            steps += own_steps[1:]
        for name, value in form.columns(goal.strategies).items():
            setattr(goal, name, value)
        return goal, steps

    @staticmethod
    def _page(request: HttpRequest, form: GoalForm, template: TemplateWord | None, status: int = 200) -> HttpResponse:
        context = {"nav": "goals", "form": form, "template": template}
        return render(request, "goals/goal_form.html", context, status=status)


class GoalUpdate(View):
    """Mend a goal."""

    def get(self, request: HttpRequest, goal_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
        names = ("life_skill", "target_on", "counts_strategy", "counts_target", "version", "template", "id")
        initial = dict(goal.words) | {name: getattr(goal, name) for name in names}
        return self._page(request, GoalForm(today=today_of(request), is_edit=True, initial=initial), goal)

    def post(self, request: HttpRequest, goal_id) -> HttpResponse:
        """Save; where the goal changed meanwhile, keep and show both."""
        grant = Grant.own(request)
        goal = Goal.objects.for_grant(grant).kept().one(goal_id)
        initial = {name: getattr(goal, name) for name in ("life_skill", "counts_strategy", "target_on")}
        form = GoalForm(request.POST, today=today_of(request), is_edit=True, initial=initial)
        if not form.is_valid():
            return self._page(request, form, goal, 422)
        result = actions.change_goal(grant, goal, form.known_version, form.words(), **form.columns(goal.strategies))
        if isinstance(result, Stale):
            context = {"nav": "goals", "pair": grant.open([result.stored, result.kept])}
            return render(request, "goals/goal_versions.html", context, status=409)
        return redirect(goal_address(goal.pk))

    @staticmethod
    def _page(request: HttpRequest, form: GoalForm, goal: Any, status: int = 200) -> HttpResponse:
        return render(request, "goals/goal_form.html", {"nav": "goals", "form": form, "goal": goal}, status=status)


@require_POST
def goal_keep(request: HttpRequest, goal_id) -> HttpResponse:
    """Of two versions, keep one with the steps; the other lies in the bin, with Undo. Again is harmless."""
    grant = Grant.own(request)
    mine = Goal.objects.for_grant(grant)
    goal, other = mine.kept().one(goal_id), mine.one(request.POST.get("other", ""))
    if request.POST.get("keep") not in ("first", "second"):
        raise Http404
    if not other.is_binned:
        actions.choose_version(grant, goal, other, keep_second=request.POST["keep"] == "second")
    return redirect(removed_address(other.pk))


@require_POST
def goal_close(request: HttpRequest, goal_id) -> HttpResponse:
    """Done, let go, or working on it again."""
    grant = Grant.own(request)
    goal = Goal.objects.for_grant(grant).kept().one(goal_id)
    if request.POST.get("status") not in Goal.Status.values:
        raise Http404
    actions.close(grant, goal, Goal.Status(request.POST["status"]), timezone.now())
    return back(request, goal_address(goal.pk))


@require_POST
def goal_remove(request: HttpRequest, goal_id) -> HttpResponse:
    """Into the bin with its steps, with Undo in place; again is harmless."""
    grant = Grant.own(request)
    goal = Goal.objects.for_grant(grant).one(goal_id)
    if not goal.is_binned:
        into_bin(grant, goal)
    return redirect(removed_address(goal.pk))


@require_POST
def goal_restore(request: HttpRequest, goal_id) -> HttpResponse:
    """Out of the bin, and its steps with it."""
    grant = Grant.own(request)
    out_of_bin(grant, Goal.objects.for_grant(grant).one(goal_id))
    return back(request, goal_address(goal_id))


def removed_address(goal_id) -> str:
    """The list of goals, with Undo for this one."""
    return f"{reverse('goals:goal-list')}?undo={goal_id}"
