"""A trigger or a coping strategy: what it is, my history with it, the page that explains it, and goals."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.grants import Grant
from accounts.people import today_of
from goals.models import Goal
from journal.figures.ways import average_sentence, strategy_sentence
from journal.helping import LATELY, coping_of, sentences
from journal.insights.coping import coping
from journal.models import Craving, Entry
from journal.words import STRATEGY, TRIGGER, Word, Words, words_for
from library.shelf import shelf

LATEST, FOLLOWED = 10, 4


def history(grant: Grant, kind: str, key: str) -> dict[str, Any]:
    """How often and how strong, and the latest logs, for one word."""
    cravings = Craving.objects.for_grant(grant).kept().with_tag(kind, key)
    entries = Entry.objects.for_grant(grant).kept().with_tag(kind, key)
    return {
        "summary": cravings.summary(),
        "cravings": grant.open(cravings.newest_first()[:LATEST]),
        "entries": grant.open(entries.newest_first()[:LATEST]),
    }


def followed(grant: Grant, today: date, key: str, words: Words) -> list[str]:
    """What followed each way to cope when this trigger was noted, in the latest year. One query."""
    rows = Craving.objects.for_grant(grant).kept().between(today - LATELY, today).with_tag(TRIGGER, key)
    found = coping(rows.as_observations())
    said = sentences(found, words, [one.key for one in found.strategies])
    return [*said[:FOLLOWED], average_sentence(found)] if said else []


def goals_with(grant: Grant, field: str, key: str) -> list[Any]:
    """Active goals that work on it."""
    active = grant.open(Goal.objects.for_grant(grant).kept().filter(status=Goal.Status.ACTIVE))
    return [goal for goal in active if key in getattr(goal, field)]


def trigger_detail(request: HttpRequest, key: str) -> HttpResponse:
    """`/triggers/<slug or id>/`."""
    grant = Grant.own(request)
    word, about, words = _find(grant, TRIGGER, key)
    shelf_now = shelf()
    context = {
        "word": word,
        "about": about,
        "page": shelf_now.page_for_trigger(key) if about else shelf_now.pages.get("P13"),
        "strategies": words.named(STRATEGY, about.strategies if about else ()),
        "templates": shelf_now.templates_for_trigger(key) if about else (),
        "goals": goals_with(grant, "triggers", key),
        "words": words,
        "followed": followed(grant, today_of(request), key, words),
        **history(grant, TRIGGER, key),
    }
    return render(request, "recovery_site/trigger_detail.html", context)


def strategy_detail(request: HttpRequest, key: str) -> HttpResponse:
    """`/coping/<slug or id>/`."""
    grant = Grant.own(request)
    word, about, words = _find(grant, STRATEGY, key)
    shelf_now, found = shelf(), coping_of(grant, today_of(request))
    mine = strategy_sentence(found, key, word.name)
    context = {
        "word": word,
        "about": about,
        "page": shelf_now.pages.get(about.page) if about else None,
        "triggers": words.named(TRIGGER, about.triggers if about else ()),
        "followed": [mine, average_sentence(found)] if mine else [],
        "goals": goals_with(grant, "strategies", key),
        **history(grant, STRATEGY, key),
    }
    return render(request, "recovery_site/strategy_detail.html", context)


def _find(grant: Grant, kind: str, key: str) -> tuple[Word, Any, Any]:
    words = words_for(grant)
    word = words.of(kind).get(key)
    if word is None:
        raise Http404
    shared = shelf().triggers if kind == TRIGGER else shelf().strategies
    return word, shared.get(key), words
