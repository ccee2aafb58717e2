"""Goals and readings on the counselor's side: what is shared, what was proposed, and proposing."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST

from accounts.fields import without_controls
from accounts.people import person_of, today_of
from care import access
from care.access import Reading
from care.actions import proposals, words
from care.forms.proposals import ProposalForm
from care.goal_review import WANTED, goals_page
from care.models import Proposal
from care.views.door import shared, whole
from care.views.writing import NothingWritten, gives_back, written

Kind = Proposal.Kind
CARRIED = ("title", "why", "due_on")


@shared("goals", *WANTED)
def care_goals(request: HttpRequest, reading: Reading) -> HttpResponse:
    """`/care/p/<uuid>/goals/`. Answers that are shown count as seen."""
    said = {word: word in request.GET for word in ("sent", "back", "late")}
    found = goals_page(reading)
    response = render(request, "care/goals.html", {"reading": reading, "tab": "goals", **said, **found})
    proposals.seen_by_counselor(reading.grant, found["answered"], reading.now)
    return response


@require_POST
def take_back(request: HttpRequest, connection_id: uuid.UUID, proposal_id: uuid.UUID) -> HttpResponse:
    """`/care/p/<uuid>/proposals/<uuid>/back/`. Where the person answered first, the page says so."""
    page = reverse("care:care-goals", args=[connection_id])
    try:
        with access.read(person_of(request), connection_id, "take-back", action=access.Action.WROTE) as reading:
            proposal = Proposal.objects.for_grant(reading.grant).over(connection_id).kept().one(proposal_id)
            if not proposals.take_back(reading.grant, proposal, reading.now):
                raise NothingWritten
            return whole(redirect(f"{page}?back#proposals"))
    except NothingWritten:  # and nothing is recorded as taken back
        return redirect(f"{page}?late#proposals")


class Propose(View):
    """`/care/p/<uuid>/propose/`: choose a kind, then say what and why."""

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """The kinds; with `kind`, its form."""
        kind = request.GET.get("kind", "")
        form = ProposalForm(kind=kind, today=today_of(request)) if kind in Kind.values else None
        return self._page(request, connection_id, form)

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """Send it; or, from a suggestion, the form with what was suggested. A key stands in no address."""
        kind = request.POST.get("kind", "")
        if kind not in Kind.values or "other" in request.POST:
            return self._page(request, connection_id, None)
        today = today_of(request)
        if "begin" in request.POST:
            form = ProposalForm(kind=kind, today=today, initial=_carried(request) | {"key": request.POST.get("key", "")})
            return self._page(request, connection_id, form)
        form = ProposalForm(request.POST, kind=kind, today=today)

        def keep(reading: Reading) -> HttpResponse:
            if form.errors:
                return _form_page(request, reading, form)
            proposal = form.proposal(connection_id)
            words.propose(reading.grant, reading.whose, proposal, form.named, form.cleaned_data["why"], reading.now)
            return redirect(f"{reverse('care:care-goals', args=[connection_id])}?sent#proposals")

        return written(request, connection_id, "propose", form, keep)

    @staticmethod
    def _page(request: HttpRequest, connection_id: uuid.UUID, form: ProposalForm | None) -> HttpResponse:
        with access.read(person_of(request), connection_id, "propose") as reading:
            return whole(_form_page(request, reading, form))


def _form_page(request: HttpRequest, reading: Reading, form: ProposalForm | None) -> HttpResponse:
    fields = form.fields if form is not None else {}
    carried = {name: text for name, text in _carried(request).items() if name not in fields}
    context: dict[str, Any] = {"reading": reading, "tab": "goals", "form": form, "kinds": Kind.choices, "carried": carried}
    return render(request, "care/propose.html", context, status=422 if form is not None and form.errors else 200)


def _carried(request: HttpRequest) -> dict[str, str]:
    """What was typed so far: it comes along when another kind is chosen, also to a kind that has no place for it."""
    return {name: without_controls(text) for name in CARRIED if (text := request.POST.get(name, ""))}
