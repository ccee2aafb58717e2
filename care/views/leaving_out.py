"""`/sharing/<uuid>/without/<category>/`: one category less, in one tap."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from accounts.people import person_of
from care.actions import leaving_out
from care.scopes import CATEGORIES


@require_POST
def leave_out(request: HttpRequest, connection_id: uuid.UUID, category: str) -> HttpResponse:
    """At once, without a login and without a reason; the page of the sharing says what happened."""
    if category not in CATEGORIES:
        raise Http404
    grant, person, now = Grant.own(request), person_of(request), timezone.now()
    done = leaving_out.leave_out(grant, person, connection_id, CATEGORIES[category], now)
    return redirect(f"{reverse('care:sharing-detail', args=[connection_id])}?done={done}")
