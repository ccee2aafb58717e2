"""The steps of a goal: adding, mending, and the small acts."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.people import person_of, today_of
from accounts.writing import Stale, into_bin, out_of_bin
from goals import actions
from goals.forms import StepForm
from goals.models import Goal, Step
from goals.views.addresses import back, goal_address

STEPS = "#steps"
ACTS: dict[str, Callable[[Grant, Step, date], Any]] = {
    "tick": lambda grant, step, today: actions.set_done(grant, step, timezone.now()),
    "untick": lambda grant, step, today: actions.set_done(grant, step, None),
    "plan": lambda grant, step, today: actions.plan(grant, step, today, planned=True),
    "unplan": lambda grant, step, today: actions.plan(grant, step, today, planned=False),
    "up": lambda grant, step, today: actions.move_step(grant, step, -1),
    "down": lambda grant, step, today: actions.move_step(grant, step, 1),
    "remove": lambda grant, step, today: into_bin(grant, step),
    "restore": lambda grant, step, today: out_of_bin(grant, step),
}
# Pressing these again after the step went into the bin must lead somewhere.
ALSO_BINNED = ("remove", "restore")


@require_POST
def step_add(request: HttpRequest, goal_id) -> HttpResponse:
    """One more step."""
    grant = Grant.own(request)
    goal = Goal.objects.for_grant(grant).kept().one(goal_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        context = {"nav": "goals", "form": form, "goal_id": goal.pk, "title": _("A next small step")}
        return render(request, "goals/step_form.html", context, status=422)
    values = form.cleaned_data
    actions.add_step(grant, person_of(request), goal, values["id"], values["wording"], timezone.now())
    return redirect(goal_address(goal.pk, STEPS))


class StepUpdate(View):
    """Other words for a step."""

    def get(self, request: HttpRequest, step_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        step = grant.open_one(self._steps(grant).one(step_id))
        initial = {"wording": step.wording, "version": step.version, "id": step.pk}
        return self._page(request, StepForm(initial=initial), step)

    def post(self, request: HttpRequest, step_id) -> HttpResponse:
        """Save; where the step changed meanwhile, both stand in the list and the page says so."""
        grant = Grant.own(request)
        step = self._steps(grant).one(step_id)
        form = StepForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, step, 422)
        result = actions.change_step(grant, step, form.known_version, form.cleaned_data["wording"])
        both = "?both=1" if isinstance(result, Stale) else ""
        return redirect(goal_address(step.goal_id, both + STEPS))

    @staticmethod
    def _steps(grant: Grant) -> Any:
        return Step.objects.for_grant(grant).kept().of_kept_goals()

    @staticmethod
    def _page(request: HttpRequest, form: StepForm, step: Any, status: int = 200) -> HttpResponse:
        context = {"nav": "goals", "form": form, "goal_id": step.goal_id, "step": step, "title": _("Change this step")}
        return render(request, "goals/step_form.html", context, status=status)


@require_POST
def step_act(request: HttpRequest, step_id, act: str) -> HttpResponse:
    """Tick, untick, plan, unplan, move up or down, remove, restore. Each can be said again without harm."""
    if act not in ACTS:
        raise Http404
    grant = Grant.own(request)
    steps = Step.objects.for_grant(grant).of_kept_goals()
    step = (steps if act in ALSO_BINNED else steps.kept()).one(step_id)
    ACTS[act](grant, step, today_of(request))
    return back(request, goal_address(step.goal_id, place(request, step, act)))


def place(request: HttpRequest, step: Step, act: str) -> str:
    """The steps on the goal's page: still arranging where the person was, with Undo after removing."""
    query = {"arrange": "1"} if request.POST.get("arrange") else {}
    query |= {"undo": str(step.pk)} if act == "remove" else {}
    return (f"?{urlencode(query)}" if query else "") + STEPS
