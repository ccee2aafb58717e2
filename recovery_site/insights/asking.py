"""`/insights/ask/`: choose days, a trigger, a part of the day, a weekday; set a second period beside the first."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts.grants import Grant
from accounts.people import today_of
from journal.choosing import Chosen, chosen, names, own
from journal.figures.answers import answers_table, compared, summary
from journal.figures.patterns import HOURS
from journal.helping import sentences
from journal.insights.asking import Answer, Choice, answer, contrast
from journal.insights.coping import coping
from journal.insights.observations import Period, keys_by_day
from journal.insights.time_of_week import Part
from journal.models import CheckIn, Craving, Entry
from journal.words import Words, words_for

BEFORE, OTHER = "before", "own"
SHOWN_WAYS = 5


def ask(request: HttpRequest) -> HttpResponse:
    """The form, and its answer right below. Six queries, nine with a second period."""
    grant, today = Grant.own(request), today_of(request)
    words = words_for(grant)
    first = chosen(grant, request.GET, today)
    second = beside(request.GET, first, today)
    choice = choice_of(request.GET, words)
    error = first.error or (second.error if second else "")
    answers = [look(grant, choice, one.period) for one in (first, second) if one and not one.error]
    context: dict[str, Any] = {
        "nav": "me",
        "today": today,
        "asked": request.GET,
        "choices": [*names(), ("own", _("Other days"))],
        "choice": choice,
        "first": first,
        "error": error,
        "triggers": [word for word in words.triggers.values() if not word.is_retired or word.key == choice.trigger],
        "parts": list(enumerate(HOURS)),
        "weekdays": list(WEEKDAYS.items()),
        **({} if error or not answers else shown(answers, words)),
    }
    return render(request, "recovery_site/insights/ask.html", context, status=422 if error else 200)


def shown(answers: list[Answer], words: Words) -> dict[str, Any]:
    """What the page tells."""
    found = coping(answers[0].cravings)
    return {
        "says": [summary(answers[0]), *([compared(contrast(*answers))] if len(answers) == 2 else [])],
        "table": answers_table(answers, {key: word.name for key, word in words.triggers.items()}),
        "followed": sentences(found, words, [one.key for one in found.strategies])[:SHOWN_WAYS],
    }


def beside(asked: QueryDict, first: Chosen, today: date) -> Chosen | None:
    """The second period: as many days right before, days of one's own, or none."""
    if asked.get("with") == OTHER:
        return own(asked, today, "from2", "to2")
    return Chosen(BEFORE, first.period.before()) if asked.get("with") == BEFORE else None


def choice_of(asked: QueryDict, words: Words) -> Choice:
    """The filters in an address; what is unknown is left out."""
    trigger, part, weekday = asked.get("trigger", ""), asked.get("part", ""), asked.get("weekday", "")
    return Choice(
        trigger if trigger in words.triggers else None,
        Part(int(part)) if part in set("012345") else None,
        int(weekday) if weekday in set("0123456") else None,
    )


def look(grant: Grant, choice: Choice, period: Period) -> Answer:
    """One period's logs. Three queries."""
    between = (period.first, period.last)
    cravings = Craving.objects.for_grant(grant).kept().between(*between).as_observations()
    noted = Entry.objects.for_grant(grant).kept().between(*between).noted() if choice.trigger else []
    days = CheckIn.objects.for_grant(grant).kept().between(*between).as_day_ratings()
    return answer(choice, period, cravings, days, keys_by_day([*((one.day, one.triggers) for one in cravings), *noted]))
