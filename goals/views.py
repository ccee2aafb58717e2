"""Goals: list, start, mend, and the small acts on steps."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.http import require_POST

from accounts.days import monday_of
from accounts.grants import Grant
from accounts.ids import new_id
from accounts.people import today_of
from accounts.writing import Stale, into_bin, out_of_bin
from goals import actions
from goals.forms import GoalForm, LookBackForm, StepForm
from goals.models import Goal, LookBack, Step
from goals.progress import is_look_back_due, progress
from library.shelf import shelf

SUGGESTED, CLOSED_SHOWN = 3, 20


def back(request: HttpRequest, goal_id) -> HttpResponse:
    """To the page the button was on, where it is one of ours; else to the goal."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if ours else reverse("goal-detail", args=[goal_id]))


class GoalList(View):
    """This week's steps, then goals by life skill, then what is done. Five queries, whatever the number of goals."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Everything opened once."""
        grant, today = Grant.own(request), today_of(request)
        goals = grant.open(Goal.objects.for_grant(grant).kept().active())
        steps = grant.open(Step.objects.for_grant(grant).of_goals())
        titles = {goal.pk: goal.title for goal in goals}
        context = {
            "groups": by_skill([goal_card(goal, steps, today) for goal in goals]),
            "week": [{"step": s, "goal_title": titles[s.goal_id]} for s in steps if s.goal_id in titles and is_due(s, today)],
            "closed": grant.open(Goal.objects.for_grant(grant).kept().closed()[:CLOSED_SHOWN]),
            "suggested": list(shelf().templates.values())[:SUGGESTED] if not goals else [],
        }
        return render(request, "goals/goal_list.html", context)


def is_due(step: Any, today: date) -> bool:
    """Whether a step belongs under "this week"."""
    return step.done_at is None and step.planned_week is not None and step.planned_week <= monday_of(today)


def goal_card(goal: Any, steps: list[Any], today: date) -> dict[str, Any]:
    """A goal with its progress, for a list."""
    done = [step.done_at is not None for step in steps if step.goal_id == goal.pk]
    return {
        "goal": goal,
        "progress": progress(done, [], "", None, today),
        "look_back": is_look_back_due(goal.local_day, goal.looked_back_on, today),
    }


def by_skill(cards: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Cards by the name of their part of life, in the library's order."""
    skills = shelf().life_skills.values()
    groups = [(skill.name, [card for card in cards if card["goal"].life_skill == skill.slug]) for skill in skills]
    return [group for group in groups if group[1]]


class GoalCreate(View):
    """Choose a template or write in one's own words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The templates; or the form, filled from `?template=` or empty with `?own=1`."""
        template = shelf().templates.get(request.GET.get("template", ""))
        if template is None and "own" not in request.GET:
            return render(request, "goals/template_list.html", {"groups": templates_by_skill()})
        return self._page(request, GoalForm(today=today_of(request), initial=self._initial(template)), template)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start the goal once."""
        grant, now = Grant.own(request), timezone.now()
        form = GoalForm(request.POST, today=today_of(request))
        if not form.is_valid():
            return self._page(request, form, shelf().templates.get(request.POST.get("template", "")), 422)
        template = shelf().templates.get(form.cleaned_data["template"])
        goal = Goal(pk=form.cleaned_data["id"])
        steps = [form.cleaned_data["first_step"]]
        if template is not None:
            goal, _words, own_steps = actions.from_template(template, form.cleaned_data["id"])
            steps += own_steps[1:]
        goal.life_skill = form.cleaned_data["life_skill"]
        goal.target_on, goal.counts_target = form.cleaned_data["target_on"], form.cleaned_data["counts_target"]
        started = actions.start_goal(grant, request.user, goal, form.words(), steps, now)
        return redirect("goal-detail", started.pk)

    @staticmethod
    def _initial(template) -> dict:
        if template is None:
            return {}
        goal, words, steps = actions.from_template(template, new_id())
        values = {"template": template.slug, "life_skill": template.life_skill, "first_step": steps[0]}
        return words | values | {"counts_target": goal.counts_target}

    @staticmethod
    def _page(request: HttpRequest, form: GoalForm, template, status: int = 200) -> HttpResponse:
        return render(request, "goals/goal_form.html", {"form": form, "template": template}, status=status)


def templates_by_skill() -> list[tuple[str, list]]:
    """Templates in use, by the name of their life skill."""
    on_offer = [template for template in shelf().templates.values() if not template.is_retired]
    return [(skill.name, [t for t in on_offer if t.life_skill == skill.slug]) for skill in shelf().life_skills.values()]


class GoalUpdate(View):
    """Mend a goal."""

    def get(self, request: HttpRequest, goal_id) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
        values = {name: getattr(goal, name) for name in ("life_skill", "target_on", "counts_target", "version", "template", "id")}
        form = GoalForm(today=today_of(request), is_edit=True, initial=dict(goal.words) | values)
        return render(request, "goals/goal_form.html", {"form": form, "goal": goal})

    def post(self, request: HttpRequest, goal_id) -> HttpResponse:
        """Save; where the goal changed meanwhile, keep and show both."""
        grant = Grant.own(request)
        goal = Goal.objects.for_grant(grant).kept().one(goal_id)
        form = GoalForm(request.POST, today=today_of(request), is_edit=True, initial={"target_on": goal.target_on})
        if not form.is_valid():
            return render(request, "goals/goal_form.html", {"form": form, "goal": goal}, status=422)
        values = {name: form.cleaned_data[name] for name in ("life_skill", "target_on", "counts_target")}
        result = actions.change_goal(grant, goal, form.cleaned_data["version"] or 0, form.words(), **values)
        if isinstance(result, Stale):
            pair = {"pair": grant.open([result.stored, result.kept])}
            return render(request, "goals/goal_versions.html", pair, status=409)
        return redirect("goal-detail", goal.pk)


@require_POST
def goal_close(request: HttpRequest, goal_id) -> HttpResponse:
    """Done, let go, or working on it again."""
    grant = Grant.own(request)
    goal = Goal.objects.for_grant(grant).kept().one(goal_id)
    if request.POST.get("status") not in Goal.Status.values:
        raise Http404
    actions.close(grant, goal, Goal.Status(request.POST["status"]), timezone.now())
    return back(request, goal.pk)


@require_POST
def goal_remove(request: HttpRequest, goal_id) -> HttpResponse:
    """Into the bin, with Undo in place."""
    grant = Grant.own(request)
    into_bin(grant, Goal.objects.for_grant(grant).kept().one(goal_id))
    return redirect("goals:goal-removed", goal_id)


def goal_removed(request: HttpRequest, goal_id) -> HttpResponse:
    """Says what was removed and offers Undo."""
    grant = Grant.own(request)
    goal = grant.open_one(Goal.objects.for_grant(grant).one(goal_id))
    return render(request, "goals/goal_removed.html", {"goal": goal})


@require_POST
def goal_restore(request: HttpRequest, goal_id) -> HttpResponse:
    """Out of the bin."""
    grant = Grant.own(request)
    out_of_bin(grant, Goal.objects.for_grant(grant).one(goal_id))
    return redirect("goal-detail", goal_id)


@require_POST
def step_add(request: HttpRequest, goal_id) -> HttpResponse:
    """One more step."""
    grant = Grant.own(request)
    goal = Goal.objects.for_grant(grant).kept().one(goal_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return render(request, "goals/step_form.html", {"form": form, "goal": grant.open_one(goal)}, status=422)
    values = form.cleaned_data
    actions.add_step(grant, request.user, goal, values["id"], values["wording"], timezone.now())
    return redirect(f"{reverse('goal-detail', args=[goal.pk])}#steps")


@require_POST
def step_act(request: HttpRequest, step_id, act: str) -> HttpResponse:
    """Tick, untick, plan, unplan, move up or down, remove, restore."""
    grant = Grant.own(request)
    step = Step.objects.for_grant(grant).one(step_id)
    today = today_of(request)
    acts = {
        "tick": lambda: actions.set_done(grant, step, timezone.now()),
        "untick": lambda: actions.set_done(grant, step, None),
        "plan": lambda: actions.plan(grant, step, today, planned=True),
        "unplan": lambda: actions.plan(grant, step, today, planned=False),
        "up": lambda: actions.move_step(grant, step, -1),
        "down": lambda: actions.move_step(grant, step, 1),
        "remove": lambda: into_bin(grant, step),
        "restore": lambda: out_of_bin(grant, step),
    }
    if act not in acts:
        raise Http404
    acts[act]()
    if act == "remove":
        return redirect(f"{reverse('goal-detail', args=[step.goal_id])}?undo={step.pk}#steps")
    return back(request, step.goal_id)


class LookBackCreate(View):
    """The weekly look back."""

    def get(self, request: HttpRequest, goal_id) -> HttpResponse:
        """How did it go, and what now?"""
        grant = Grant.own(request)
        goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
        return render(request, "goals/look_back_form.html", {"form": LookBackForm(), "goal": goal})

    def post(self, request: HttpRequest, goal_id) -> HttpResponse:
        """Keep it; adjusting leads on to the goal's form."""
        grant = Grant.own(request)
        goal = Goal.objects.for_grant(grant).kept().one(goal_id)
        form = LookBackForm(request.POST)
        if not form.is_valid():
            context = {"form": form, "goal": grant.open_one(goal)}
            return render(request, "goals/look_back_form.html", context, status=422)
        row = LookBack(pk=form.cleaned_data["id"], choice=form.cleaned_data["choice"])
        actions.look_back(grant, request.user, goal, row, form.cleaned_data["note"], timezone.now())
        if row.choice == LookBack.Choice.ADJUST:
            return redirect("goals:goal-update", goal.pk)
        return redirect("goal-detail", goal.pk)
