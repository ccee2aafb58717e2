"""Sharing as a person finds it: who, what, until when; asking and being asked by a code; pause, go on, stop, undo."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.days import wall_clock
from accounts.models import AccessRecord
from accounts.people import person_of
from care.actions import consents, invites
from care.forms.sharing import CODE_LENGTH, CodeForm
from care.fresh import proof_asked, proof_given
from care.models import Invite
from care.standing import State, sharing_of, sharings_of
from care.telling import tell
from care.texts import day

LATEST = 5
# What a page says after an action; the address holds the word alone.
DONE = {
    "paused": _("Paused. To your counselor it looks as if nothing was written. What you write to each other stays open."),
    "on": _("Sharing goes on. What you wrote in the pause is seen too."),
    "stopped": _("Stopped. Nothing is seen any more. You need no reason, and you can share again at any time."),
    "undone": _("Taken back. It never began."),
    "late": _("There was nothing left to take back. This is how it stands now. You can change it or stop it at any time."),
    "ended": _("This sharing has ended meanwhile. Nothing is shared."),
    "no": _("Nothing is shared. You can decide anew at any time."),
}


def sharing_list(request: HttpRequest) -> HttpResponse:
    """`/sharing/`: who, what, until when, and the latest looks. Eight queries, however many share."""
    person, now = person_of(request), timezone.now()
    sharings = sharings_of(person, now)
    lines = AccessRecord.objects.about(person.pk).filter(action__in=looks()).reverse()[:LATEST]
    context = {
        "nav": "me",
        "asking": [one for one in sharings if one.state == State.ASKS],
        "going_on": [one for one in sharings if one.is_going_on],
        "over": [one for one in sharings if one.state != State.ASKS and not one.is_going_on],
        "reads": tell(lines, person, now),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "care/sharing_list.html", context)


def looks() -> list[str]:
    """What others did with a person's records, or wanted to."""
    action = AccessRecord.Action
    return [action.READ, action.WROTE, action.PRINTED, action.REFUSED]


def sharing_code(request: HttpRequest) -> HttpResponse:
    """`/sharing/code/`: type a counselor's code, or make one. A code is spent by a POST alone."""
    if request.method != "POST":
        return _code_page(request, CodeForm())
    limited = ratelimit.consume_or_429(request, action="invite", user=request.user)
    if limited is not None:
        return limited
    return _make_code(request) if request.POST.get("go") == "make" else _use_code(request)


@require_safe
def sharing_code_filled(request: HttpRequest, code: str) -> HttpResponse:
    """`/sharing/code/<code>/`: a counselor's link. It fills the form and spends nothing."""
    return _code_page(request, CodeForm(initial={"code": code[:CODE_LENGTH]}))


def _make_code(request: HttpRequest) -> HttpResponse:
    made = invites.make(Invite.Kind.FROM_PERSON, timezone.now(), person=person_of(request))
    return _code_page(request, CodeForm(), made=made)


def _use_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form)
    try:
        connection = invites.use_as_person(person_of(request), form.cleaned_data["code"], timezone.now())
    except invites.NotUsable as error:
        form.add_error("code", str(error))
        return _code_page(request, form)
    return redirect("care:sharing-decide", connection.pk)


def _code_page(request: HttpRequest, form: CodeForm, made: invites.Made | None = None) -> HttpResponse:
    until = wall_clock(made.expires_at, person_of(request).tz).date() if made else None
    context = {"nav": "me", "form": form, "made": made, "until": day(until) if until else ""}
    return render(request, "care/sharing_code.html", context, status=422 if form.errors else 200)


@require_POST
def sharing_act(request: HttpRequest, connection_id: uuid.UUID, act: str) -> HttpResponse:
    """Pause, stop, undo, or say no to a request: at once, without a login and without a reason."""
    person, now = person_of(request), timezone.now()
    if act == "pause":
        consents.pause(person, connection_id, now)
        done = "paused"
    elif act == "undo":
        done = "undone" if consents.undo(person, connection_id, now) else "late"
    elif act in ("stop", "no"):
        consents.stop(person, connection_id, now)
        done = "stopped" if act == "stop" else "no"
    else:
        raise Http404
    return redirect(f"{reverse('care:sharing-list')}?done={done}")


@sensitive_post_parameters("password")
def sharing_go_on(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/sharing/<uuid>/go-on/`: ends a pause, with a fresh login."""
    person, now = person_of(request), timezone.now()
    sharing = sharing_of(person, connection_id, now)
    if request.method != "POST":
        return _going_on(request, sharing, proof_asked(request))
    proof = proof_given(request)
    if proof is not None:
        return _going_on(request, sharing, proof, 422)
    consents.pause(person, connection_id, now, goes_on=True)
    return redirect(f"{reverse('care:sharing-list')}?done={'on' if sharing.is_going_on else 'ended'}")


def _going_on(request: HttpRequest, sharing: Any, proof: Any, status: int = 200) -> HttpResponse:
    context = {"nav": "me", "sharing": sharing, "proof": proof}
    return render(request, "care/sharing_go_on.html", context, status=status)
