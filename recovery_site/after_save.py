"""What a person sees right after saving: that it is saved, a way back, and one card."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.ids import new_id
from accounts.people import today_of
from goals.actions import add_template_goal
from journal.kinds import model_of
from journal.models import Craving, Lapse
from journal.words import words_for
from library.shelf import shelf
from reading.models import Suggestion
from recovery_site.suggestions import card_for, offer

# From this intensity on, and after use or a safety-relevant trigger, the safety notice comes first.
VERY_STRONG = 8


def needs_safety(row) -> bool:
    """Whether the safety notice belongs on the page (tolerance, not alone, naloxone, medicine)."""
    if isinstance(row, Lapse):
        return True
    if not isinstance(row, Craving):
        return False
    known = shelf().triggers
    flagged = any(key in known and known[key].safety for key in row.triggers)
    return flagged or row.outcome == Craving.Outcome.USED or max(row.intensity, row.intensity_after or 0) >= VERY_STRONG


def after_save(request: HttpRequest, kind: str, row_id) -> HttpResponse:
    """The saved row with Undo, and the card."""
    grant, now = Grant.own(request), timezone.now()
    row = grant.open_one(model_of(kind).objects.for_grant(grant).one(row_id))
    today = today_of(request)
    words = words_for(grant)
    suggestion = None if row.row.is_binned else offer(grant, request.user, kind, row.row, today, now)
    context = {
        "kind": kind,
        "row": row,
        "state": request.GET.get("s", ""),
        "card": card_for(suggestion, words),
        "safety": needs_safety(row.row),
    }
    return render(request, "recovery_site/after_save.html", context)


@require_POST
def suggestion_answer(request: HttpRequest, suggestion_id) -> HttpResponse:
    """Add the goal step, or not now. Both can be said again without harm."""
    grant, now = Grant.own(request), timezone.now()
    suggestion = Suggestion.objects.for_grant(grant).one(suggestion_id)
    answer = Suggestion.Answer.ADDED if request.POST.get("answer") == "added" else Suggestion.Answer.NOT_NOW
    goal_id = None
    if answer == Suggestion.Answer.ADDED and suggestion.template:
        goal_id = add_template_goal(grant, request.user, suggestion.template, suggestion.goal_id or new_id(), now).pk
    Suggestion.objects.for_grant(grant).filter(pk=suggestion.pk).update(answer=answer, goal_id=goal_id)
    suggestion.answer, suggestion.goal_id = answer, goal_id
    if request.htmx:  # type: ignore[attr-defined]
        card = card_for(suggestion, words_for(grant))
        return render(request, "recovery_site/_card.html", {"card": card})
    return redirect("goal-detail", goal_id) if goal_id else redirect("today")
