"""What is personal about the library: my own numbers on a page, and what to read because of what I logged.

Library pages are the same for everybody and cached; these fragments (pages without JavaScript) are never cached.
"""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.grants import Grant
from accounts.people import today_of
from journal.figures.ways import strategy_sentence
from journal.helping import coping_of
from journal.models import Craving
from journal.words import STRATEGY, TRIGGER, words_for
from library.shelf import shelf
from reading.models import Reading
from reading.views import page_or_404

LOOK_BACK = timedelta(days=30)
SHOWN, MOST = 3, 5


def _answer(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """A fragment for htmx, a page of its own without."""
    fragment = "_" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"recovery_site/{fragment}{name}.html", context)


def page_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """A library page's personal part: how often I logged what it is about, and what became of the page."""
    page = page_or_404(slug)
    grant = Grant.own(request)
    words = words_for(grant)
    about = [*((TRIGGER, key) for key in page.triggers), *((STRATEGY, key) for key in page.strategies)]
    counts = Craving.objects.for_grant(grant).kept().tag_counts(about)
    mine = [{"word": words.of(kind)[key], "times": counts[kind, key]} for kind, key in about if counts.get((kind, key))]
    found = coping_of(grant, today_of(request)) if page.strategies else None
    said = (
        [strategy_sentence(found, key, words.strategies[key].name) for key in page.strategies if key in words.strategies]
        if found
        else []
    )
    read = Reading.objects.for_grant(grant).of_page(page.code).first()
    most = sorted(mine, key=lambda item: -item["times"])[:MOST]
    return _answer(request, "page_mine", {"page": page, "mine": most, "read": read, "followed": [line for line in said if line]})


def learn_mine(request: HttpRequest) -> HttpResponse:
    """The Learn home's personal part: pages about what I logged in the last 30 days, and what I kept for later."""
    grant, today = Grant.own(request), today_of(request)
    pages, read = shelf().pages, list(Reading.objects.for_grant(grant).by_latest())
    context = {
        "because": because(grant, today, {row.page for row in read if row.finished_at}),
        "later": [pages[row.page] for row in read if row.later_at and row.page in pages],
    }
    return _answer(request, "learn_mine", context)


def because(grant: Grant, today: Any, finished: set[str]) -> list[dict[str, Any]]:
    """Up to three pages about the triggers logged most often lately, each page once, finished ones left out."""
    held, words = shelf(), words_for(grant)
    rows = Craving.objects.for_grant(grant).kept().between(today - LOOK_BACK, today)
    counts = rows.tag_counts([(TRIGGER, slug) for slug in held.triggers])
    found: dict[str, dict[str, Any]] = {}
    for (kind, key), times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        page = held.page_for_trigger(key)
        if page is not None and page.code not in finished:
            found.setdefault(page.code, {"page": page, "word": words.of(kind)[key], "times": times})
    return list(found.values())[:SHOWN]
