"""A counselor's session: a second factor always, fifteen minutes idle, twelve hours at most."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.people import person_of
from care.models import Membership

PREFIX = "/care/"
SEEN = "care_seen"
IDLE_SECONDS, MOST_SECONDS, NOTED_EVERY = 15 * 60, 12 * 3600, 60


class CareSession:
    """Stands before the sign-in check: a session that is too old becomes a stranger's, whose typed text is carried along."""

    def __init__(self, get_response: Any):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Everything happens once the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """End what is too old, ask for the second factor, and note that the session is in use. Open pages ask for no session:
        they cost no query. Somebody who works nowhere gets the 404 of the view, and no hint.
        """
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        now = int(time.time())
        if self._is_over(request, now):
            logout(request)
        elif SEEN in request.session or (request.path.startswith(PREFIX) and _works(request)):
            return self._prove(request, now)
        return None

    @staticmethod
    def _is_over(request: HttpRequest, now: int) -> bool:
        """Whether a session that was used for care was idle or open for too long. A clock that went back ends it too."""
        seen, proved = request.session.get(SEEN), _proved_at(request)
        return seen is not None and not (_within(seen, now, IDLE_SECONDS) and _within(proved, now, MOST_SECONDS))

    @staticmethod
    def _prove(request: HttpRequest, now: int) -> HttpResponse | None:
        """Note the use; at first only right after the second factor was shown. A form sent without it signs in anew, carried."""
        if SEEN in request.session or _within(_proved_at(request), now, IDLE_SECONDS):
            if now - request.session.get(SEEN, 0) >= NOTED_EVERY:
                request.session[SEEN] = now
            return None
        if not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        if request.method == "POST":
            logout(request)
            return None
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _works(request: HttpRequest) -> bool:
    # Whoever worked somewhere once still has notes about people.
    return Membership.objects.of(person_of(request).pk).filter(verified_at__isnull=False).exists()


def _within(moment: int | None, now: int, seconds: int) -> bool:
    return moment is not None and 0 <= now - moment <= seconds


def _proved_at(request: HttpRequest) -> int | None:
    """When this session last showed a second factor, in seconds; None for never."""
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("method") == "mfa"]
    return int(max(moments)) if moments else None
