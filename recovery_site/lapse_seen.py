"""After a return to use is written down: who sees it now, in truth, and a way to keep it to oneself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.grants import Category, Grant
from accounts.people import person_of, today_of
from care.standing import sharings_of, who_sees
from journal import actions
from journal.models import Lapse, Since
from journal.querysets import KEPT_BACK
from journal.views.since import lines


class LapseSeen(View):
    """`/log/use/<uuid>/seen/`."""

    def get(self, request: HttpRequest, row_id: Any) -> HttpResponse:
        """Everybody who sees it now or soon, by name; nobody is told anything beyond that."""
        grant, person = Grant.own(request), person_of(request)
        row = Lapse.objects.for_grant(grant).kept().one(row_id)
        sharings = sharings_of(person, timezone.now())
        context = {
            "row": row,
            "since": lines(grant, Since.objects.for_grant(grant).going_on(), today_of(request)),
            "seen_by": who_sees(sharings, Category.LAPSES, row.local_day, row.created_at + KEPT_BACK),
            "is_sharing": any(one.is_going_on for one in sharings),
        }
        return render(request, "recovery_site/lapse_seen.html", context)

    def post(self, request: HttpRequest, row_id: Any) -> HttpResponse:
        """Store the answers; a line of days does what it is asked to, and is kept as it is where nothing was asked."""
        grant, today = Grant.own(request), today_of(request)
        row = Lapse.objects.for_grant(grant).kept().one(row_id)
        for line in Since.objects.for_grant(grant).going_on():
            answer = request.POST.get(f"since-{line.pk}", "")
            actions.since_after_lapse(grant, request.user, line, answer, today, timezone.now())
        Lapse.objects.for_grant(grant).filter(pk=row.pk).update(withheld="withheld" in request.POST)
        return redirect(reverse("after-save", args=["use", row.pk]))
