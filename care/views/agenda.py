"""My agenda for next time: lines and starred entries, one list for each counselor."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.grants import Category, Grant, Opened
from accounts.ids import parse_id
from accounts.people import person_of
from accounts.writing import Stale, into_bin, out_of_bin
from care.actions import consents, words
from care.forms.words import AgendaForm, LineForm, StarForm
from care.fresh import PasswordForm, proof_wanted
from care.models import AgendaLine
from care.standing import Sharing, sharings_of
from care.views.writing import gives_back, local_next
from journal.models import Entry

TALKED = 10


def partners(sharings: list[Sharing]) -> list[tuple[str, str]]:
    """Those whom something can be put on the list for: (id of the connection, name)."""
    return [(str(one.connection.pk), one.name) for one in sharings if one.is_going_on]


class Agenda(View):
    """`/sharing/agenda/`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is to talk about, and what was."""
        sharings = sharings_of(person_of(request), timezone.now())
        return self.show(request, sharings, AgendaForm(partners=partners(sharings)))

    @method_decorator(gives_back)
    def post(self, request: HttpRequest) -> HttpResponse:
        """One more line, once."""
        person, now = person_of(request), timezone.now()
        sharings = sharings_of(person, now)
        form = AgendaForm(request.POST, partners=partners(sharings))
        if not form.is_valid():
            return self.show(request, sharings, form)
        values = form.cleaned_data
        line = AgendaLine(pk=values["id"], connection_id=uuid.UUID(values["connection"]))
        words.add_to_agenda(Grant.own(request), person, line, values["text"], now)
        return redirect(f"{reverse('care:agenda')}?done=added")

    @staticmethod
    def show(request: HttpRequest, sharings: list[Sharing], form: AgendaForm) -> HttpResponse:
        """The page."""
        grant = Grant.own(request)
        mine = AgendaLine.objects.for_grant(grant)
        undo_id = parse_id(request.GET.get("undo"))
        undo = mine.binned().filter(pk=undo_id).first() if undo_id else None
        context = {
            "nav": "me",
            "groups": grouped(sharings, with_entries(grant, mine.to_talk_about())),
            "talked": with_entries(grant, mine.talked_about()[:TALKED]),
            "binned": with_entries(grant, mine.binned()[:TALKED]),
            "form": form,
            "has_partners": bool(partners(sharings)),
            "undo": undo,
            "done": request.GET.get("done", ""),
        }
        return render(request, "care/agenda.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Item:
    """A line, and the entry it is about where there is one that is kept."""

    line: Opened
    entry: Opened | None


def with_entries(grant: Grant, lines: Any) -> list[Item]:
    """Opened lines with their entries; a second query only where an entry is starred."""
    opened = grant.open(lines)
    starred = {line.entry_id for line in opened} - {None}
    entries = grant.open(Entry.objects.for_grant(grant).kept().filter(pk__in=starred)) if starred else []
    by_id = {entry.pk: entry for entry in entries}
    return [Item(line, by_id.get(line.entry_id)) for line in opened]


def grouped(sharings: list[Sharing], items: list[Item]) -> list[dict[str, Any]]:
    """Lines by counselor; a counselor without lines is left out."""
    by_connection: dict[uuid.UUID, list[Item]] = {}
    for item in items:
        by_connection.setdefault(item.line.connection_id, []).append(item)
    found = [{"sharing": one, "items": by_connection.get(one.connection.pk, [])} for one in sharings]
    return [group for group in found if group["items"]]


class AgendaUpdate(View):
    """Other words for a line."""

    def get(self, request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        line = grant.open_one(AgendaLine.objects.for_grant(grant).kept().one(line_id))
        initial = {"id": line.pk, "version": line.version, "text": line.text}
        return self.show(request, line, LineForm(initial=initial))

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
        """Save; where the line changed meanwhile, both stand in the list and the page says so."""
        grant = Grant.own(request)
        line = grant.open_one(AgendaLine.objects.for_grant(grant).kept().one(line_id))
        form = LineForm(request.POST, is_needed=line.entry_id is None)
        if not form.is_valid():
            return self.show(request, line, form)
        result = words.reword(grant, line, form.known_version, form.cleaned_data["text"])
        return redirect(f"{reverse('care:agenda')}?done={'both' if isinstance(result, Stale) else 'changed'}")

    @staticmethod
    def show(request: HttpRequest, line: Any, form: LineForm) -> HttpResponse:
        """The page."""
        context = {"nav": "me", "line": line, "form": form}
        return render(request, "care/agenda_line.html", context, status=422 if form.errors else 200)


@require_POST
def agenda_act(request: HttpRequest, line_id: uuid.UUID, act: str) -> HttpResponse:
    """Tick, untick, remove, restore. Each can be said again without harm."""
    grant, now = Grant.own(request), timezone.now()
    line = AgendaLine.objects.for_grant(grant).one(line_id)
    if act in ("tick", "untick"):
        words.tick(grant, line, now if act == "tick" else None)
    elif act == "remove":
        into_bin(grant, line)
        return redirect(f"{reverse('care:agenda')}?undo={line.pk}")
    elif act == "restore":
        out_of_bin(grant, line)
    else:
        raise Http404
    return redirect(local_next(request, reverse("care:agenda")))


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class AgendaEntry(View):
    """`/sharing/agenda/entry/<uuid>/`: talk about an entry next time, and show it if one wants to."""

    def get(self, request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
        """The form; nothing is shown beforehand."""
        sharings = sharings_of(person_of(request), timezone.now())
        return self.show(request, entry_id, sharings, self._form(sharings))

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
        """Put it on the list once; show the entry only where that was ticked."""
        grant, person, now = Grant.own(request), person_of(request), timezone.now()
        entry = Entry.objects.for_grant(grant).kept().one(entry_id)
        sharings = sharings_of(person, now)
        form = self._form(sharings, request.POST)
        if not form.is_valid():
            return self.show(request, entry_id, sharings, form)
        values = form.cleaned_data
        proof = proof_wanted(request) if values.get("show") else None  # a line alone shows no entry
        if proof is not None:
            return self.show(request, entry_id, sharings, form, proof)
        line = AgendaLine(pk=values["id"], connection_id=uuid.UUID(values["connection"]), entry_id=entry.pk)
        words.star(grant, person, line, values["text"], now)
        done = "added"
        if values.get("show"):
            done = "shown" if consents.show_entry(grant, person, line.connection_id, entry.pk, now) else "not-shown"
        return redirect(f"{reverse('care:agenda')}?done={done}")

    @staticmethod
    def _form(sharings: list[Sharing], data: Any = None) -> StarForm:
        open_to = [str(one.connection.pk) for one in sharings if _has_place(one)]
        return StarForm(data, partners=partners(sharings), open_to=open_to)

    @staticmethod
    def show(
        request: HttpRequest, entry_id: uuid.UUID, sharings: list[Sharing], form: StarForm, proof: PasswordForm | None = None
    ) -> HttpResponse:
        """The page."""
        grant = Grant.own(request)
        entry = grant.open_one(Entry.objects.for_grant(grant).kept().one(entry_id))
        there = AgendaLine.objects.for_grant(grant).to_talk_about().filter(entry_id=entry.pk).exists()
        context = {"nav": "me", "entry": entry, "form": form, "has_partners": bool(partners(sharings)), "is_there": there}
        has_errors = form.errors or (proof is not None and proof.errors)
        return render(request, "care/agenda_entry.html", context | {"proof": proof}, status=422 if has_errors else 200)


def _has_place(one: Sharing) -> bool:
    """Whether what is shared has a place for single entries."""
    return one.is_going_on and one.present is not None and Category.ENTRIES in one.present.scopes
