"""A log that could not be saved as it was: opened for its owner, in the page's own form, to be mended and saved."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.grants import Grant
from journal.words import words_for
from recovery_site.offline.keys import NotOurs, open_sealed, owner_of
from recovery_site.offline.parcels import Typed, Unreadable, moment_of, parcels_in, typed_in
from recovery_site.offline.shell import LOGS

ADDRESSES = {
    "check-in": "journal:check-in-create",
    "craving": "journal:craving-create",
    "use": "journal:lapse-create",
    "entry": "journal:entry-create",
}


def opened(request: HttpRequest) -> tuple[str, Typed]:
    """Kind and fields of the parcel in a form; raises Http404 when it is not this person's."""
    posted: dict[str, Any] = {name: request.POST.get(name, "") for name in ("client_uuid", "type", "key", "sealed")}
    number = request.POST.get("schema_version", "")
    try:
        [parcel] = parcels_in([posted | {"schema_version": int(number) if number.isdigit() else 0}])
        text = open_sealed(parcel.key, parcel.sealed, parcel.bound_to(owner_of(request.user.pk)))
        return parcel.kind, typed_in(text, parcel.row_id)
    except (Unreadable, NotOurs):
        raise Http404 from None


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """`/outbox/look/`: the form with what was typed, and what stands in the way."""
    kind, typed = opened(request)
    log, now = LOGS[kind], moment_of(typed.at, timezone.now())
    words = {"words": words_for(Grant.own(request))} if log.is_tagged else {}
    form = log.form(typed.fields, clock=request.user, now=now, **words)
    context = {"form": form, "kind": kind, "action": reverse(ADDRESSES[kind]), "style": "free"}
    return render(request, log.template, context, status=200 if form.is_valid() else 422)
