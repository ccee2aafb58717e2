"""A proposal as its person finds it: take it, change it first, or say that it is not for them."""

import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from accounts.grants import Grant, Opened
from accounts.ids import new_id
from accounts.people import person_of, today_of
from care.actions import proposals
from care.models import Proposal
from care.proposing import Offer, offer
from care.views.writing import gives_back
from goals.actions import from_template
from goals.forms import GoalForm
from goals.models import Goal
from library.shelf import shelf

Answer, Kind = Proposal.Answer, Proposal.Kind


class ProposalAnswer(View):
    """`/sharing/proposals/<uuid>/`. The first answer stands; pressing again is harmless."""

    def get(self, request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
        """What is proposed and why; with `?change`, the goal's words to be made one's own."""
        found = self._offer(request, proposal_id)
        if "change" in request.GET and found.is_goal and not found.is_gone and not found.proposal.answer:
            return self._change_page(request, found, GoalForm(today=today_of(request), initial=_begin(found.proposal)))
        return self._page(request, found)

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
        """Keep the answer."""
        found, said = self._offer(request, proposal_id), request.POST.get("answer")
        grant, person, now = Grant.own(request), person_of(request), timezone.now()
        if said == Answer.CHANGED and found.is_goal:
            return self._changed(request, found)
        if said == Answer.ACCEPTED and not found.is_gone:
            proposals.accept(grant, person, found.proposal, now)
        elif said == Answer.DECLINED:
            proposals.decline(grant, found.proposal, now)
        elif not found.proposal.answer:
            return self._page(request, found, 422)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "care/_proposal.html", {"offer": self._offer(request, proposal_id)})
        return redirect("care:proposal", proposal_id)

    def _changed(self, request: HttpRequest, found: Offer) -> HttpResponse:
        begin = _begin(found.proposal)
        form = GoalForm(request.POST, today=today_of(request), initial=begin)
        if not form.is_valid():
            return self._change_page(request, found, form, 422)
        goal, steps = _goal(found.proposal, form)
        grant, now = Grant.own(request), timezone.now()
        is_kept = not found.is_gone and proposals.change(
            grant, person_of(request), found.proposal, goal, form.words(), steps, now
        )
        found = self._offer(request, found.proposal.pk)  # as it is now, perhaps by another window
        if is_kept or _says_the_same(grant, found.proposal, form):
            return redirect("care:proposal", found.proposal.pk)
        # It was answered elsewhere, taken back, or left the library: what was typed can still become a goal.
        return self._change_page(request, found, form, 409)

    @staticmethod
    def _offer(request: HttpRequest, proposal_id: uuid.UUID) -> Offer:
        grant = Grant.own(request)
        rows = Proposal.objects.for_grant(grant).kept().select_related("connection__membership")
        return offer(grant.open_one(rows.one(proposal_id)))

    @staticmethod
    def _page(request: HttpRequest, found: Offer, status: int = 200) -> HttpResponse:
        return render(request, "care/proposal.html", {"nav": "today", "offer": found, "is_odd": status == 422}, status=status)

    @staticmethod
    def _change_page(request: HttpRequest, found: Offer, form: GoalForm, status: int = 200) -> HttpResponse:
        context = {"nav": "today", "offer": found, "form": form, "is_late": status == 409, "fresh_id": new_id()}
        return render(request, "care/proposal_change.html", context, status=status)


def _begin(proposal: Opened) -> dict[str, Any]:
    """What the goal's form begins with; every word of it can be changed."""
    values: dict[str, Any] = {"title": proposal.title, "target_on": proposal.due_on}
    template = shelf().templates.get(proposal.key) if proposal.kind == Kind.TEMPLATE else None
    if template is not None:
        goal, words, steps = from_template(template, new_id())
        plain = {name: getattr(goal, name) for name in ("template", "life_skill", "counts_strategy", "counts_target")}
        until = proposal.due_on or proposal.local_day + timedelta(weeks=template.weeks)
        values = words | plain | {"first_step": steps[0], "target_on": until}
    return values


def _says_the_same(grant: Grant, proposal: Opened, form: GoalForm) -> bool:
    """Whether the goal that it became holds these very words: the button was pressed twice."""
    goal = Goal.objects.for_grant(grant).filter(pk=proposal.became_id).first() if proposal.became_id else None
    if goal is None:
        return False
    held, typed = grant.open_one(goal).words, form.words()
    return all(held[name] == text for name, text in typed.items())


def _goal(proposal: Opened, form: GoalForm) -> tuple[Goal, list[str]]:
    """The goal that the person made of it, and its steps."""
    goal_id, steps = proposals.goal_id_of(proposal), [form.cleaned_data["first_step"]]
    goal, template = Goal(pk=goal_id), shelf().templates.get(proposal.key)
    if proposal.kind == Kind.TEMPLATE and template is not None:
        goal, _words, own_steps = from_template(template, goal_id)
        steps += own_steps[1:]
    for name, value in form.columns(goal.strategies).items():
        setattr(goal, name, value)
    return goal, steps
