"""The monthly letter: what I have built, in words, to read again or to print."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.grants import Grant
from accounts.people import person_of, today_of
from journal.insights.built import Built
from journal.insights.observations import ONE_DAY, Period
from journal.insights.over_time import Unit, next_start
from journal.observing import whole
from recovery_site.building import built
from recovery_site.insights.joined import said_parts


def letter(request: HttpRequest, year: int | None = None, month: int = 0) -> HttpResponse:
    """`/insights/letter/` for this month, or `/insights/letter/2026/10/`. Six queries at most, whatever was logged."""
    grant, person, today = Grant.own(request), person_of(request), today_of(request)
    first = month_of(year, month) if year is not None else today.replace(day=1)
    if first > today:
        raise Http404
    end = min(next_start(first, Unit.MONTH) - ONE_DAY, today)
    since = whole(grant, today)
    in_all = built(grant, person, Period(min(since.first, first), end))
    context: dict[str, Any] = {
        "nav": "me",
        "month": first,
        "is_now": end == today,
        "said": sentences(built(grant, person, Period(first, end))),
        "since": since.first,
        "in_all": said_parts(in_all),
        "lapse_word": person.lapse_word,
        "before": (first - ONE_DAY).replace(day=1) if first > since.first else None,
        "after": next_start(first, Unit.MONTH) if end < today else None,
    }
    return render(request, "recovery_site/letter.html", context)


def month_of(year: int, month: int) -> date:
    """The first day of a month; raises Http404 where there is none."""
    try:
        return date(year, month, 1)
    except ValueError:
        raise Http404 from None


def sentences(made: Built) -> list[str]:
    """A month in short sentences; only what there is."""
    said = [
        (made.check_in_days, ngettext("You checked in on %d day.", "You checked in on %d days.", made.check_in_days)),
        (made.cravings_noticed, _cravings(made)),
        (made.entries, ngettext("You wrote %d journal entry.", "You wrote %d journal entries.", made.entries)),
        (
            made.steps_done,
            ngettext("You took %d step towards your goals.", "You took %d steps towards your goals.", made.steps_done),
        ),
        (made.goals_done, ngettext("You finished %d goal.", "You finished %d goals.", made.goals_done)),
        (made.pages_finished, ngettext("You read %d page to its end.", "You read %d pages to their end.", made.pages_finished)),
    ]
    return [words % times if "%d" in words else words for times, words in said if times]


def _cravings(made: Built) -> str:
    n = made.cravings_noticed
    noticed = ngettext("You noticed %d craving", "You noticed %d cravings", n) % n
    if not made.strategies_used:
        return f"{noticed}."
    if made.strategies_used == n:
        return _("%(noticed)s, and did something each time.") % {"noticed": noticed}
    times = ngettext("%d time", "%d times", made.strategies_used) % made.strategies_used
    return _("%(noticed)s, and did something %(times)s.") % {"noticed": noticed, "times": times}
