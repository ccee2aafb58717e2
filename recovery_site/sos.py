"""Craving now: open to all, the same for everybody, no login wall."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.grants import Grant
from accounts.people import today_of
from journal.figures.ways import strategy_sentence
from journal.helping import coping_of, offered
from journal.planning import contacts
from journal.words import words_for
from library.shelf import Shelf, shelf
from library.words import Line

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


def first_lines(shelf_now: Shelf) -> list[tuple[str, str, Line, str, str]]:
    """For each country its first line for a crisis, with the way to reach it: (code, name, line, kind, value)."""
    found = []
    for code, name, lines in shelf_now.help_lines_by_country():
        crisis = [(line, way) for line in lines if line.kind == "crisis" for way in line.channels]
        if crisis:
            line, (kind, value, _say) = crisis[0]
            found.append((code, name, line, kind, value))
    return found


def emergencies(shelf_now: Shelf) -> list[tuple[str, str, str]]:
    """For each country the number to call in an emergency: (code, name, number)."""
    return [
        (code, name, line.channels[0][1])
        for code, name, lines in shelf_now.help_lines_by_country()
        for line in lines
        if line.kind == "emergency" and line.channels
    ]


def sos_html() -> str:
    """The page's text, the same for everybody: rating, breathing, the wave, ways to cope, people, help lines."""
    shelf_now = shelf()
    context = {
        "numbers": range(11),
        "strategies": first_help(shelf_now),
        "countries": shelf_now.help_lines_by_country(),
        "first_lines": first_lines(shelf_now),
        "emergencies": emergencies(shelf_now),
        "overdose": shelf_now.pages.get("P12"),
        "nav": "sos",
    }
    return render_to_string("recovery_site/sos.html", context)


@login_not_required
@require_safe
def sos(request: HttpRequest) -> HttpResponse:
    """Craving now. Nothing personal, so it may be kept, by a phone too."""
    return HttpResponse(sos_html(), headers={"Cache-Control": "public, max-age=300"})
