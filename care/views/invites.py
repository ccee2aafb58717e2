"""Invitations on the counselor's side: making a code, using a person's, and joining an organisation."""

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.people import person_of
from care.actions import invites
from care.forms.organisations import JoinForm, PersonCodeForm, PlacedForm
from care.models import Connection, Invite, Membership
from care.views.door import places_of, works_as

Role = Membership.Role


class InvitePage(View):
    """`/care/invite/`: either side begins; nothing is open before the person decides."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Both ways, and what waits for an answer."""
        places = places_of(request, Role.COUNSELOR, Role.SUPERVISOR)
        return self._page(request, places, PersonCodeForm(places=places))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make a code and show it once; or use a person's."""
        places, now = places_of(request, Role.COUNSELOR, Role.SUPERVISOR), timezone.now()
        if request.POST.get("go") == "make":
            return self._make(request, places, now)
        limited = ratelimit.consume_or_429(request, action="invite", user=request.user)
        if limited is not None:
            return limited
        form = PersonCodeForm(request.POST, places=places)
        if not form.is_valid():
            return self._page(request, places, form)
        try:
            invites.use_as_counselor(form.place, form.cleaned_data["code"], now)
        except invites.NotUsable as error:
            form.add_error("code", str(error))
            return self._page(request, places, form)
        return redirect(f"{reverse('care:invite')}?asked#open")

    def _make(self, request: HttpRequest, places: list[Membership], now: datetime) -> HttpResponse:
        make_form = PlacedForm(request.POST, places=places, auto_id="make_%s")
        form = PersonCodeForm(places=places)
        if not make_form.is_valid():
            return self._page(request, places, form, make_form)
        made = invites.make(Invite.Kind.FROM_COUNSELOR, now, membership=make_form.place)
        return self._page(request, places, form, made=made)

    @staticmethod
    def _page(
        request: HttpRequest,
        places: list[Membership],
        form: PersonCodeForm,
        make_form: PlacedForm | None = None,
        made: invites.Made | None = None,
    ) -> HttpResponse:
        now = timezone.now()
        codes = Invite.objects.filter(membership__in=places, kind=Invite.Kind.FROM_COUNSELOR, used_at=None, expires_at__gt=now)
        faulty = next((one for one in (form, make_form) if one is not None and one.errors), None)
        context = {
            "tab": "invite",
            "is_admin": works_as(request, Role.ADMIN),
            "form": form,
            "make_form": make_form or PlacedForm(places=places, auto_id="make_%s"),
            "faulty": faulty,
            "made": made,
            "link": _link(request, made.code) if made else "",
            "codes": codes.order_by("-created_at").values_list("created_at", "expires_at"),
            "asked": _asked(places),
            "is_asked": "asked" in request.GET,
        }
        return render(request, "care/invite.html", context, status=422 if faulty else 200)


def _link(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("care:sharing-code-filled", args=[code]))


def _asked(places: list[Membership]) -> list[datetime]:
    """When people were asked who have not answered yet; nothing else is known of them."""
    rows = Connection.objects.filter(membership__in=places, answered_at=None).order_by("-asked_at")
    return list(rows.values_list("asked_at", flat=True))


class Join(View):
    """`/care/join/`: a place in an organisation, which somebody there still has to confirm."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, and what waits."""
        return self._page(request, JoinForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Use the code once."""
        limited = ratelimit.consume_or_429(request, action="invite", user=request.user)
        if limited is not None:
            return limited
        form = JoinForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        values = form.cleaned_data
        try:
            invites.join(person_of(request), values["code"], values["shown_name"], timezone.now())
        except invites.NotUsable as error:
            form.add_error("code", str(error))
            return self._page(request, form)
        return redirect(f"{reverse('care:join')}?done")

    @staticmethod
    def _page(request: HttpRequest, form: JoinForm) -> HttpResponse:
        mine = Membership.objects.of(person_of(request).pk).filter(left_at=None, organisation__closed_at=None)
        context: dict[str, Any] = {
            "nav": "me",
            "form": form,
            "places": mine.select_related("organisation"),
            "is_done": "done" in request.GET,
        }
        return render(request, "care/join.html", context, status=422 if form.errors else 200)
