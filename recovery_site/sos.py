"""Craving now: open to all, the same for everybody, no login wall."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.grants import Grant
from accounts.people import today_of
from journal.figures.ways import strategy_sentence
from journal.helping import coping_of, offered
from journal.planning import contacts
from journal.words import words_for
from library.shelf import Shelf, shelf

# In the order of the evidence: accepting and breathing before distraction (docs: clinical fact base, section 4).
FIRST_HELP = ("S01", "S05", "S10", "S02", "S13", "S06", "S09", "S03")
SHOWN = 8


def first_help(shelf_now: Shelf) -> list[Any]:
    """The strategies that everybody is offered, in the order of the evidence."""
    by_code = {entry.code: entry for entry in shelf_now.strategies.values() if not entry.is_retired}
    return [by_code[code] for code in FIRST_HELP if code in by_code]


@require_safe
def sos_mine(request: HttpRequest) -> HttpResponse:
    """`/sos/mine/`: the same help in the order of what followed it for this person, with untried ones among them."""
    grant, shelf_now = Grant.own(request), shelf()
    words, found = words_for(grant), coping_of(grant, today_of(request))
    general = first_help(shelf_now)
    keys = offered(found, words, dict.fromkeys([*(one.key for one in found.told), *(one.slug for one in general)]))
    names = {key: words.strategies[key] for key in keys}
    mine = [(shelf_now.strategies.get(key), names[key], strategy_sentence(found, key, names[key].name)) for key in keys]
    fragment = "_" if request.htmx else ""  # type: ignore[attr-defined]
    context = {"mine": mine[:SHOWN], "contacts": contacts(grant)}
    return render(request, f"recovery_site/{fragment}sos_mine.html", context)


@login_not_required
@require_safe
def sos(request: HttpRequest) -> HttpResponse:
    """Slow breathing in text, strategies, help lines by country. Nothing personal, so it may be cached."""
    shelf_now = shelf()
    context = {
        "strategies": first_help(shelf_now),
        "countries": shelf_now.help_lines_by_country(),
        "overdose": shelf_now.pages.get("P12"),
    }
    response = render(request, "recovery_site/sos.html", context)
    response["Cache-Control"] = "public, max-age=300"
    return response
