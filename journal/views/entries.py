"""Entries: write, read, mend, list by month, find."""

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.grants import Grant
from accounts.ids import parse_id
from accounts.people import today_of
from journal import actions
from journal.finding import excerpt, search
from journal.forms.logs import EntryForm, SearchForm
from journal.models import Draft, Entry
from journal.prompts import prompt_for
from journal.views.logs import LogUpdate, LogView, chosen_words, recent_words
from journal.waiting import waiting
from journal.words import TRIGGER, Words, words_for

PAGE_SIZE = 25


def parse_month(text: str, fallback: date) -> date:
    """The first day of the month in "2026-11"; the fallback's month when it is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return fallback.replace(day=1)


def entry_cards(grant: Grant, rows, words: Words) -> list[dict[str, Any]]:
    """Opened entries with an excerpt and their triggers' names, for lists."""
    opened = grant.open(rows)
    return [
        {"entry": entry, "excerpt": excerpt(entry.words), "triggers": words.named(TRIGGER, entry.triggers)} for entry in opened
    ]


class EntryList(View):
    """Entries of one month, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The month asked for, or the one of today."""
        grant = Grant.own(request)
        today = today_of(request)
        month = parse_month(request.GET.get("month", ""), today)
        mine = Entry.objects.for_grant(grant).kept()
        page = max(int(request.GET.get("page", "1")) if request.GET.get("page", "1").isdigit() else 1, 1)
        rows = list(mine.in_month(month).newest_first()[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        context = {
            "cards": entry_cards(grant, rows[:PAGE_SIZE], words_for(grant)),
            "month": month,
            "this_month": today.replace(day=1),
            "neighbours": mine.neighbours(month),
            "page": page,
            "has_more": len(rows) > PAGE_SIZE,
            "search_form": SearchForm(),
        }
        return render(request, "journal/entry_list.html", context)


class EntryCreate(LogView):
    """A big caret. What is typed is also kept as a draft."""

    template_name, kind = "journal/entry_form.html", "entry"

    def get(self, request: HttpRequest) -> HttpResponse:
        """A fresh page, or the draft asked for; other unsaved writing is offered."""
        grant = Grant.own(request)
        drafts = Draft.objects.for_grant(grant).kept().order_by("-updated_at")
        wanted = next((d for d in drafts if d.pk == parse_id(request.GET.get("draft"))), None)
        initial = self._from_draft(grant, wanted) if wanted else {"prompt": request.GET.get("prompt", "")[:100]}
        form = EntryForm(
            clock=request.user, now=timezone.now(), initial=initial, words=words_for(grant), recent=recent_words(grant)
        )
        others = waiting(grant, [draft for draft in drafts if draft is not wanted])
        return self._page(request, form, waiting=others)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save once; the draft goes with it."""
        grant, now = Grant.own(request), timezone.now()
        form = EntryForm(request.POST, clock=request.user, now=now, words=words_for(grant))
        if not form.is_valid():
            return self._page(request, form, status=422)
        values = chosen_words(grant, form, request.user, now) | {"prompt": form.cleaned_data["prompt"]}
        entry = Entry(pk=form.cleaned_data["id"], **values)
        written = actions.save_entry(grant, entry, request.user, form.cleaned_data["moment"], form.words())
        return redirect(f"{reverse('after-save', args=['entry', written.row.pk])}?s={written.state}")

    def _page(self, request: HttpRequest, form: EntryForm, status: int = 200, waiting=()) -> HttpResponse:
        prompt = prompt_for(form["prompt"].value(), request.GET.get("no-prompt"))
        style = "free" if request.GET.get("style") == "free" else "good-and-next"
        return self.show(request, form, status=status, waiting=waiting, prompt=prompt, style=style)

    @staticmethod
    def _from_draft(grant: Grant, draft: Draft) -> dict[str, Any]:
        fields = json.loads(grant.open_one(draft).fields or "{}")
        return fields | {"id": draft.pk}


class EntryDetail(View):
    """One entry, whole."""

    def get(self, request: HttpRequest, row_id) -> HttpResponse:
        """The entry, also when it lies in the bin (with a way back)."""
        grant = Grant.own(request)
        entry = grant.open_one(Entry.objects.for_grant(grant).one(row_id))
        triggers = words_for(grant).named(TRIGGER, entry.triggers)
        return render(request, "journal/entry_detail.html", {"entry": entry, "triggers": triggers})


class EntryUpdate(LogUpdate):
    """Mend an entry."""

    model, form_class, kind = Entry, EntryForm, "entry"
    template_name = "journal/entry_form.html"
    columns = ("triggers", "prompt")

    def form_kwargs(self, grant: Grant, *, bound: bool) -> dict[str, Any]:
        """The person's words."""
        return {"words": words_for(grant), "recent": ((), ()) if bound else recent_words(grant)}

    def values(self, grant: Grant, form: Any, now) -> dict[str, Any]:
        """Columns, with own words resolved."""
        return super().values(grant, form, now) | chosen_words(grant, form, self.request.user, now)


class EntrySearch(View):
    """Find words in one's own text. A POST, so that what is looked for stands in no address or log."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty search page."""
        return render(request, "journal/entry_search.html", {"search_form": SearchForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """The hits, newest first, a page at a time."""
        grant, form = Grant.own(request), SearchForm(request.POST)
        if not form.is_valid() or not form.cleaned_data["words"]:
            return render(request, "journal/entry_search.html", {"search_form": form})
        wanted, page = form.cleaned_data["words"], form.cleaned_data["page"] or 1
        hits = search(grant, wanted)
        shown = hits[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        context = {"hits": shown, "total": len(hits), "wanted": wanted, "page": page, "search_form": form}
        context["has_more"] = len(hits) > page * PAGE_SIZE
        return render(request, "journal/entry_search.html", context)
