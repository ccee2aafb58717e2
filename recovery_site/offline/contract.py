"""`/session/` and `/sync/`: always JSON, never a redirect, so that a phone is never told "saved" by a sign-in page."""

import json
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.grants import Grant
from recovery_site.offline.keys import current, owner_of
from recovery_site.offline.parcels import SCHEMAS, Unreadable, parcels_in
from recovery_site.offline.taking import take

RETRY_AFTER = "60"


def answer(status: int, **words: Any) -> JsonResponse:
    """An answer that is never kept."""
    return JsonResponse(words, status=status, headers={"Cache-Control": "no-store"})


@login_not_required
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in (as a keyed hash), a fresh token, and the key to seal to."""
    name, public = current()
    words: dict[str, Any] = {"authenticated": False, "key": {"id": name, "public": public}, "schemas": SCHEMAS}
    if request.user.is_authenticated:
        words |= {"authenticated": True, "owner": owner_of(request.user.pk), "csrf": get_token(request)}
    return answer(200, **words)


@login_not_required
@require_POST
def sync(request: HttpRequest) -> JsonResponse:
    """Take in up to 50 sealed logs of the person who is signed in."""
    if not request.user.is_authenticated:
        return answer(401, error="auth")
    if not ratelimit.consume(request, action="sync", user=request.user):
        limited = answer(429, error="rate")
        limited["Retry-After"] = RETRY_AFTER
        return limited
    try:
        content = json.loads(request.body)
        owner, parcels = content["owner"], parcels_in(content["entries"])
    except RequestDataTooBig:
        return answer(413, error="size")
    except (ValueError, KeyError, TypeError, Unreadable):
        return answer(422, error="unreadable")
    if owner != owner_of(request.user.pk):
        return answer(409, error="owner")
    try:
        results = [take(Grant.own(request), request.user, parcel, timezone.now()).as_json for parcel in parcels]
    except DatabaseError:
        return answer(503, error="busy")
    return answer(200, results=results)
