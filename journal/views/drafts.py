"""Unsaved writing, kept sealed while a person types."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.fields import without_controls
from accounts.grants import Grant
from accounts.writing import into_bin
from journal import actions
from journal.forms.logs import BODY_LENGTH
from journal.models import Draft

DRAFT_FIELDS = ("title", "went_well", "what_next", "body", "own_trigger", "prompt", "when", "day", "at")


@require_POST
def draft_keep(request: HttpRequest, row_id) -> HttpResponse:
    """Keep what is in the entry form now. Answers with the time, never with the text."""
    grant, now = Grant.own(request), timezone.now()
    fields: dict[str, object] = {name: without_controls(request.POST.get(name, ""))[:BODY_LENGTH] for name in DRAFT_FIELDS}
    fields["triggers"] = request.POST.getlist("triggers")[:40]
    if not any(fields[name] for name in ("title", "went_well", "what_next", "body")):
        return HttpResponse(status=204)
    if Draft.objects.for_grant(grant).exclude(pk=row_id).count() >= 50:
        return JsonResponse({"kept": False}, status=409)
    actions.keep_draft(grant, row_id, request.user, json.dumps(fields), now)
    return JsonResponse({"kept": True})


@require_POST
def draft_discard(request: HttpRequest, row_id) -> HttpResponse:
    """Throw unsaved writing away; it can be taken back for 30 days."""
    grant = Grant.own(request)
    into_bin(grant, Draft.objects.for_grant(grant).one(row_id))
    return redirect("journal:removed", kind="draft", row_id=row_id)
