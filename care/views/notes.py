"""A counselor's own notes: sealed with the author's key, kept when sharing ends, and never seen by anybody else."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from accounts.grants import Grant
from accounts.ids import parse_id
from accounts.people import person_of
from accounts.writing import Stale, into_bin, out_of_bin
from care.access import Reading
from care.actions import words
from care.forms.words import NoteForm
from care.models import CaseNote, Membership
from care.threads import page_number
from care.views.door import places_of, works_as
from care.views.writing import gives_back, written

PAGE_SIZE = 30
Role = Membership.Role


class Notes(View):
    """`/care/p/<uuid>/notes/`: what the counselor wrote about one person, and a form. Of the person only the name is read."""

    def get(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """The notes, and an empty form."""
        return self._answer(request, connection_id, NoteForm())

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, connection_id: uuid.UUID) -> HttpResponse:
        """One more note, once."""
        return self._answer(request, connection_id, NoteForm(request.POST))

    @staticmethod
    def _answer(request: HttpRequest, connection_id: uuid.UUID, form: NoteForm) -> HttpResponse:
        grant = Grant.own(request)

        def keep(reading: Reading) -> HttpResponse:
            if form.is_bound and not form.errors:
                note = CaseNote(pk=form.cleaned_data["id"], connection_id=connection_id)
                words.write_note(grant, person_of(request), note, form.cleaned_data["text"], reading.name, reading.now)
                return redirect(f"{reverse('care:notes', args=[connection_id])}?done=saved")
            mine = CaseNote.objects.for_grant(grant).filter(connection_id=connection_id)
            context = {"reading": reading, "tab": "notes", "form": form, **_page(request, grant, mine)}
            return render(request, "care/notes.html", context, status=422 if form.errors else 200)

        return written(request, connection_id, "notes", form, keep, to_person=False)


@require_safe
def notes_all(request: HttpRequest) -> HttpResponse:
    """`/care/notes/`: all of them, also about people who share no longer. For somebody who works nowhere, as long as there are
    any.
    """
    grant = Grant.own(request)
    mine = CaseNote.objects.for_grant(grant)
    context = {"tab": "notes", "is_admin": works_as(request, Role.ADMIN), **_page(request, grant, mine)}
    if not context["notes"] and not context["binned"]:
        places_of(request, Role.COUNSELOR, Role.SUPERVISOR)
    return render(request, "care/notes_all.html", context)


def _page(request: HttpRequest, grant: Grant, mine: Any) -> dict[str, Any]:
    page = page_number(request.GET.get("page", ""))
    found = list(mine.latest_first()[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    binned = grant.open(mine.binned_since(timezone.now() - timedelta(days=settings.BIN_DAYS)))
    undo_id = parse_id(request.GET.get("undo"))
    return {
        "notes": grant.open(found[:PAGE_SIZE]),
        "page": page,
        "has_more": len(found) > PAGE_SIZE,
        "binned": binned,
        "undo": next((note for note in binned if note.pk == undo_id), None),
        "done": request.GET.get("done", ""),
    }


class NoteUpdate(View):
    """`/care/notes/<uuid>/edit/`: other words for a note."""

    def get(self, request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
        """The form with what is stored."""
        grant = Grant.own(request)
        note = grant.open_one(CaseNote.objects.for_grant(grant).kept().one(note_id))
        initial = {"id": note.pk, "version": note.version, "text": note.text}
        return self._show(request, note, NoteForm(initial=initial))

    @method_decorator(gives_back)
    def post(self, request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
        """Save; where the note changed meanwhile, both are kept and the list says so."""
        grant = Grant.own(request)
        note = grant.open_one(CaseNote.objects.for_grant(grant).kept().one(note_id))
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._show(request, note, form)
        result = words.reword(grant, note, form.known_version, form.cleaned_data["text"])
        return redirect(f"{reverse('care:notes-all')}?done={'both' if isinstance(result, Stale) else 'saved'}")

    @staticmethod
    def _show(request: HttpRequest, note: Any, form: NoteForm) -> HttpResponse:
        context = {"tab": "notes", "note": note, "form": form}
        return render(request, "care/note_form.html", context, status=422 if form.errors else 200)


@require_POST
def note_act(request: HttpRequest, note_id: uuid.UUID, act: str) -> HttpResponse:
    """Remove, restore. Each can be said again without harm."""
    grant = Grant.own(request)
    note = CaseNote.objects.for_grant(grant).one(note_id)
    if act == "remove":
        into_bin(grant, note)
        return redirect(f"{reverse('care:notes-all')}?undo={note.pk}")
    if act != "restore":
        raise Http404
    out_of_bin(grant, note)
    return redirect("care:notes-all")
