"""One sharing from the inside: what was signed, what they see, what they looked at, and entries shown one by one."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from accounts.grants import Grant
from accounts.ids import parse_id
from accounts.models import AccessRecord, Person
from accounts.people import person_of
from care.actions import consents
from care.fresh import proof_wanted
from care.models import Consent, Review, SharedEntry
from care.saying import last_day
from care.scopes import in_order
from care.standing import Sharing, sharing_of, sharings_of
from care.stated import stated
from care.telling import tell
from care.texts import moment, signed_lines
from care.views.sharing import looks
from journal.models import Entry

PAGE_SIZE, LATEST, REVIEWS = 50, 10, 20
DONE = {
    "signed": _("Signed."),
    "hidden": _("It is shown no longer."),
    "left-out": _("Left out, from this moment on. The rest goes on, and its text below is new."),
    "all-left-out": _("That was the last thing you showed, so sharing has stopped. Nothing is seen any more."),
    "short-left-out": _("Left out. The rest was about to end, so sharing has stopped. Nothing is seen any more."),
    "ended": _("This sharing has ended meanwhile. Nothing is shared."),
}


def sharing_detail(request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
    """`/sharing/<uuid>/`: everything about one sharing."""
    grant, person, now = Grant.own(request), person_of(request), timezone.now()
    sharing = sharing_of(person, connection_id, now)
    signed = [_told(grant, person, consent) for consent in sharing.signed]
    present = next((one for one in signed if sharing.present and one["id"] == sharing.present.pk), None)
    reviews = Review.objects.held().filter(connection=sharing.connection)[:REVIEWS]
    context = {
        "nav": "me",
        "sharing": sharing,
        "present": present,
        "earlier": [one for one in signed if one is not present],
        "reviews": [moment(one.at, person.tz) for one in reviews if one.at],
        "entries": _shown(grant, sharing),
        "stated": stated(grant, sharing.connection.pk, person.tz),
        "reads": tell(_reads_of(person, sharing).filter(action__in=looks())[:LATEST], person, now),
        "done": DONE.get(request.GET.get("done", "")),
        "is_signed": request.GET.get("done") == "signed",
    }
    return render(request, "care/sharing_detail.html", context)


def sharing_reads(request: HttpRequest) -> HttpResponse:
    """`/sharing/reads/`: every line of the person's record, newest first; with `of`, those of one sharing."""
    person, now = person_of(request), timezone.now()
    of = parse_id(request.GET.get("of")) if request.GET.get("of") else None
    sharing = sharing_of(person, of, now) if of else None
    lines = _reads_of(person, sharing) if sharing else AccessRecord.objects.about(person.pk).reverse()
    asked = request.GET.get("page", "")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    found = list(lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    context = {
        "nav": "me",
        "sharing": sharing,
        "lines": tell(found[:PAGE_SIZE], person, now),
        "page": page,
        "has_more": len(found) > PAGE_SIZE,
    }
    return render(request, "care/sharing_reads.html", context)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SharedEntries(View):
    """`/sharing/entries/<uuid>/`: to whom one journal entry is shown."""

    def get(self, request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
        """Everybody with a place for entries, a button each."""
        grant, person = Grant.own(request), person_of(request)
        entry = grant.open_one(Entry.objects.for_grant(grant).kept().one(entry_id))
        rows = SharedEntry.objects.filter(entry_id=entry.pk, connection__person_id=person.pk, ended_at=None)
        shown = set(rows.values_list("connection_id", flat=True))
        going_on = [one for one in sharings_of(person, timezone.now()) if one.is_going_on]
        context = {
            "nav": "me",
            "entry": entry,
            "with_place": [_of_entry(one, one.connection.pk in shown) for one in going_on if one.has_place_for_entries],
            "without_place": [one for one in going_on if not one.has_place_for_entries],
            "is_late": "late" in request.GET,
        }
        return render(request, "care/sharing_entry.html", context)

    def post(self, request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
        """Show it to one counselor, or stop showing it. Showing opens more, so it asks for a fresh login; hiding never does."""
        connection_id = parse_id(request.POST.get("connection")) or uuid.UUID(int=0)
        if request.POST.get("go") == "show":
            return self._show(request, connection_id, entry_id)
        consents.hide_entry(person_of(request), connection_id, entry_id, timezone.now())
        back = reverse("care:sharing-entry", args=[entry_id])
        if "detail" in request.POST:
            back = f"{reverse('care:sharing-detail', args=[connection_id])}?done=hidden"
        return redirect(back)

    def _show(self, request: HttpRequest, connection_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
        grant, person, now = Grant.own(request), person_of(request), timezone.now()
        sharing = sharing_of(person, connection_id, now)
        entry = grant.open_one(Entry.objects.for_grant(grant).kept().one(entry_id))
        back = reverse("care:sharing-entry", args=[entry_id])
        if not sharing.has_place_for_entries:
            return redirect(f"{back}?late")
        proof = proof_wanted(request)
        if proof is not None:
            context = {"nav": "me", "sharing": sharing, "entry": entry, "proof": proof}
            return render(request, "care/sharing_entry_proof.html", context, status=422 if proof.errors else 200)
        is_shown = consents.show_entry(grant, person, connection_id, entry_id, now)
        return redirect(back if is_shown else f"{back}?late")


def _of_entry(sharing: Sharing, is_shown: bool) -> dict[str, Any]:
    return {"sharing": sharing, "is_shown": is_shown, "says": sharing.of_entry(is_shown=is_shown)}


def _told(grant: Grant, person: Person, consent: Consent) -> dict[str, Any]:
    opened = grant.open_one(consent)
    return {
        "id": consent.pk,
        "shown": list(zip(in_order(consent.scopes), signed_lines(consent.scopes, opened.signed_text), strict=True)),
        "purpose": consent.get_purpose_display(),
        "signed": moment(consent.signed_at, person.tz),
        "starts": moment(consent.starts_at, person.tz),
        "last_day": last_day(consent, person),
        "shown_name": opened.shown_name,
        "text": opened.signed_text,
        "version": consent.text_version,
        "hash": consent.text_hash,
    }


def _shown(grant: Grant, sharing: Sharing) -> list[Any]:
    shared = SharedEntry.objects.now_shared(sharing.connection.pk).values("entry_id")
    return grant.open(Entry.objects.for_grant(grant).kept().filter(pk__in=shared).newest_first())


def _reads_of(person: Person, sharing: Sharing) -> QuerySet[AccessRecord]:
    return AccessRecord.objects.about(person.pk).filter(consent_id__in=[one.pk for one in sharing.signed]).reverse()
