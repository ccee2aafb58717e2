"""The weekly look back."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from accounts.grants import Grant
from accounts.people import person_of, today_of
from goals import actions
from goals.forms import LookBackForm
from goals.models import Goal, LookBack
from goals.progress import has_passed
from goals.views.addresses import goal_address


class LookBackCreate(View):
    """How did it go, and what now: adjust, keep or let go?"""

    def get(self, request: HttpRequest, goal_id) -> HttpResponse:
        """The three answers, none of them chosen."""
        grant = Grant.own(request)
        goal = grant.open_one(Goal.objects.for_grant(grant).kept().one(goal_id))
        return self._page(request, LookBackForm(), goal, today_of(request))

    def post(self, request: HttpRequest, goal_id) -> HttpResponse:
        """Keep it; adjusting leads on to the goal's form."""
        grant = Grant.own(request)
        goal = Goal.objects.for_grant(grant).kept().one(goal_id)
        form = LookBackForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, grant.open_one(goal), today_of(request), 422)
        row = LookBack(pk=form.cleaned_data["id"], goal=goal, choice=form.cleaned_data["choice"])
        actions.look_back(grant, person_of(request), row, form.cleaned_data["note"], timezone.now())
        if row.choice == LookBack.Choice.ADJUST:
            return redirect("goals:goal-update", goal.pk)
        return redirect(goal_address(goal.pk))

    @staticmethod
    def _page(request: HttpRequest, form: LookBackForm, goal: Any, today: date, status: int = 200) -> HttpResponse:
        context = {"nav": "goals", "form": form, "goal": goal, "passed": has_passed(goal.target_on, today)}
        return render(request, "goals/look_back_form.html", context, status=status)
