"""One person at a glance, as far as a reading opens it: everything of `care/_overview.html`. The person sees the same."""

from typing import Any

from accounts.days import ONE_DAY
from accounts.grants import Category, Opened
from care.access import Reading
from care.charts import changes_of, charts
from care.disclosure import disclosure
from care.flag_words import beside_flags
from care.flags import Rule
from care.gathered import Gathered, gather
from care.goal_lines import goal_lines, steps_of
from care.titles import Title, titles
from journal.finding import excerpt
from journal.models import Entry
from journal.planning import sections

WANTED = (
    Category.CHECK_INS, Category.CRAVINGS, Category.LAPSES, Category.GOALS, Category.PLAN, Category.INSIGHTS, Category.ENTRIES,
)  # fmt: skip
ENTRIES, LATELY = 5, 14


def overview(reading: Reading) -> dict[str, Any]:
    """What the overview shows of this person. At most eight queries, whatever was written."""
    found, named = gather(reading), titles(reading)
    steps = steps_of(reading, named)
    flags = found.flags(named.of_goals)
    entries = entries_of(reading, reading.grant.open(Entry.objects.for_grant(reading.grant).newest_first()[:ENTRIES]))
    if entries:
        reading.looked.over(min(one["day"] for one in entries), reading.today)
    return {
        "reading": reading,
        "about": disclosure(reading),
        "shows": shows(reading),
        "agenda": agenda(named.agenda, entries),
        "flags": flags,
        **beside_flags(),
        "charts": charts(found, steps.weeks(), changes_of(found)),
        "goals": goal_lines(reading, named, steps, [one.flag.key for one in flags if one.flag.rule == Rule.STUCK]),
        "proposals": len(named.proposals),
        "entries": entries,
        "plan": [one for one in sections(reading.grant) if one.lines],
        "next_on": found.events.next_on,
        **check_ins(found),
    }


def shows(reading: Reading) -> dict[str, bool]:
    """Which parts a page has a place for, by words that a template can name."""
    names = {
        "check_ins": Category.CHECK_INS, "cravings": Category.CRAVINGS, "lapses": Category.LAPSES, "goals": Category.GOALS,
        "plan": Category.PLAN, "insights": Category.INSIGHTS, "entries": Category.ENTRIES,
    }  # fmt: skip
    return {name: reading.shows(category) for name, category in names.items()}


def check_ins(found: Gathered) -> dict[str, Any]:
    """When the last check-in was, and on how many of the latest days there was one."""
    first = found.reading.today - (LATELY - 1) * ONE_DAY
    return {
        "last_check_in": found.days[-1].day if found.days else None,
        "logged": sum(one.day >= first for one in found.days),
        "lately": LATELY,
    }


def entries_of(reading: Reading, opened: list[Opened]) -> list[dict[str, Any]]:
    """Shared entries as a list shows them."""
    return [{"id": one.pk, "day": one.local_day, "title": one.title, "excerpt": excerpt(one.words)} for one in opened]


def agenda(lines: list[Title], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines for next time, each with the entry it points to where that one is shown."""
    shown = {str(one["id"]).replace("-", ""): one for one in entries}
    return [{"text": one.text, "entry": shown.get(one.word.replace("-", "")), "is_entry": bool(one.word)} for one in lines]
