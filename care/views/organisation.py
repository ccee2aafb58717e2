"""An organisation as its admin sees it: who works there, and counts that say nothing about one person. No records."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from accounts.people import person_of
from care.actions import invites, memberships
from care.counting import Span, counts
from care.forms.organisations import ReplyTimeForm
from care.models import Consent, Invite, Membership, Organisation
from care.standing import is_there
from care.views.door import places_of

Role = Membership.Role
LEFT_SHOWN = 50


def organisation(request: HttpRequest) -> HttpResponse:
    """`/care/organisation/`: every organisation that one is an admin of."""
    return _page(request)


@require_POST
def reply_time(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """What people read above their messages."""
    place, form = _place(request, organisation_id), ReplyTimeForm(request.POST)
    if not form.is_valid():
        return _page(request, place.organisation_id, form)
    memberships.say_reply_time(place.organisation, form.cleaned_data["reply_time"])
    return redirect(f"{reverse('care:organisation')}?done=saved")


@require_POST
def join_code(request: HttpRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """A code for somebody who will work here, shown once."""
    made = invites.make(Invite.Kind.TO_JOIN, timezone.now(), membership=_place(request, organisation_id))
    return _page(request, organisation_id, made=made)


@require_POST
def member_verify(request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
    """They are who they say, and work as a counselor or as a supervisor."""
    role = Role.SUPERVISOR if request.POST.get("role") == Role.SUPERVISOR else Role.COUNSELOR
    memberships.verify(_member(request, membership_id), person_of(request), timezone.now(), role)
    return redirect(f"{reverse('care:organisation')}?done=verified")


class MemberLetGo(View):
    """Somebody leaves: asked once, then at once."""

    def get(self, request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
        """What it means."""
        return self._show(request, _member(request, membership_id))

    def post(self, request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
        """Access ends with the next query. The last admin stays, so that somebody can let others in."""
        member = _member(request, membership_id)
        if not memberships.leave_unless_last(member, timezone.now()):
            return self._show(request, member, is_last=True)
        return redirect(f"{reverse('care:organisation')}?done=left")

    @staticmethod
    def _show(request: HttpRequest, member: Membership, *, is_last: bool = False) -> HttpResponse:
        context = {"tab": "organisation", "member": member, "is_last": is_last}
        return render(request, "care/member_let_go.html", context, status=422 if is_last else 200)


def _place(request: HttpRequest, organisation_id: uuid.UUID) -> Membership:
    """The admin's place in this organisation; raises Http404, the same for absent and for somebody else's."""
    for place in places_of(request, Role.ADMIN):
        if place.organisation_id == organisation_id:
            return place
    raise Http404


def _member(request: HttpRequest, membership_id: uuid.UUID) -> Membership:
    """Somebody who works, or waits, where one is an admin; raises Http404."""
    own = [place.organisation_id for place in places_of(request, Role.ADMIN)]
    rows = Membership.objects.filter(organisation_id__in=own, left_at=None).select_related("organisation")
    member = rows.filter(pk=membership_id).first()
    if member is None:
        raise Http404
    return member


def _page(request: HttpRequest, organisation_id: Any = None, form: Any = None, made: Any = None) -> HttpResponse:
    parts = []
    for place in places_of(request, Role.ADMIN):
        is_meant = place.organisation_id == organisation_id
        own_form = form if form is not None and is_meant else ReplyTimeForm(initial={"reply_time": place.organisation.reply_time})
        parts.append(_part(place.organisation, own_form, made if is_meant else None))
    context = {"tab": "organisation", "parts": parts, "done": request.GET.get("done", ""), "faulty": form}
    return render(request, "care/organisation.html", context, status=422 if form is not None else 200)


def _part(of: Organisation, form: ReplyTimeForm, made: Any) -> dict[str, Any]:
    rows = Membership.objects.filter(organisation=of).select_related("organisation", "person")
    members = list(rows.order_by("shown_name", "created_at"))
    latest = sorted(members, key=lambda one: one.left_at or one.created_at, reverse=True)
    return {
        "organisation": of,
        "form": form,
        "made": made,
        "counts": counts(_spans(of), timezone.now()),
        "waiting": [one for one in members if one.left_at is None and one.verified_at is None],
        "at_work": [(one, is_there(one)) for one in members if one.left_at is None and one.verified_at is not None],
        "left": [one for one in latest if one.left_at][:LEFT_SHOWN],
    }


def _spans(of: Organisation) -> list[Span]:
    """When people shared with somebody here. Who it was with is left behind."""
    rows = Consent.objects.filter(connection__membership__organisation=of)
    moments = rows.values_list(
        "person_id", "starts_at", "ends_at", "revoked_at", "replaced_at", "connection__membership__left_at"
    )
    return [Span(person, begins, min(filter(None, ends))) for person, begins, *ends in moments]
