"""Before a session: what changed since the last one, and what the person wants. Everything of the page `care/_session.html`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.days import ONE_DAY
from accounts.grants import Category, Opened
from care.access import Reading
from care.charts import charts
from care.disclosure import disclosure
from care.draft_note import Facts, draft_note
from care.flag_words import SaidFlag, beside_flags
from care.flags import WINDOW, Event, Rule
from care.gathered import Gathered, gather, reach
from care.goal_lines import GoalLine, Steps, day_of, goal_lines, steps_of
from care.overview import agenda, entries_of, shows
from care.titles import Titles, titles
from journal.figures.ways import strategy_sentence
from journal.helping import LATELY
from journal.insights.coping import coping
from journal.insights.named import named_triggers
from journal.insights.observations import CravingObservation, Period
from journal.models import Craving, Entry
from journal.words import Word, words_for

WANTED = (
    Category.CHECK_INS, Category.CRAVINGS, Category.LAPSES, Category.GOALS, Category.INSIGHTS, Category.ENTRIES,
)  # fmt: skip
# Without a session so far, the page looks back two weeks.
FIRST_TIME = timedelta(days=14)
SHOWN_TRIGGERS, SHOWN_WAYS, SHOWN_ENTRIES = 5, 5, 6
# Flags that a note tells in lines of their own.
TOLD_OTHERWISE = (Rule.LAPSE, Rule.STUCK, Rule.REACHED)


@dataclass(frozen=True)
class Way:
    """A way to cope used since: its name, how often, the ratings before and after, and what usually followed ("" for unknown)."""

    name: str
    times: int
    pairs: tuple[tuple[int, int], ...]
    says: str


@dataclass(frozen=True)
class Since:
    """What was read of the days since the last session."""

    period: Period
    last_on: date | None
    logged: int
    cravings: Sequence[CravingObservation]
    triggers: Sequence[tuple[str, int, int]]
    ways: Sequence[Way]
    entries: Sequence[Opened]
    lapses: Sequence[Event]
    done: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was logged or done."""
        return not (self.logged or self.cravings or self.entries or self.lapses or self.done)


def session(reading: Reading, kind: str) -> dict[str, Any]:
    """What the session page shows. Seven queries, whatever was logged. `kind` is that of the draft note."""
    found, named = gather(reading), titles(reading)
    steps = steps_of(reading, named)
    flags = found.flags(named.of_goals)
    goals = goal_lines(reading, named, steps, [one.flag.key for one in flags if one.flag.rule == Rule.STUCK])
    since = since_last(found, steps)
    entries = entries_of(reading, list(since.entries))
    return {
        "reading": reading,
        "about": disclosure(reading),
        "shows": shows(reading),
        "since": since,
        "agenda": agenda(named.agenda, entries),
        "flags": flags,
        **beside_flags(),
        "charts": charts(found, steps.weeks()),
        "went_well": [one.went_well for one in since.entries if one.went_well],
        "finished": _finished(goals, since.period),
        "goals": [one for one in goals if one.is_active],
        "proposals": named.proposals,
        "entries": entries[:SHOWN_ENTRIES],
        "next_on": found.events.next_on,
        "note": draft_note(facts_of(found, since, flags, goals, named), kind),
    }


def since_last(found: Gathered, steps: Steps) -> Since:
    """The days since the last session, that day included. Three queries."""
    reading, at = found.reading, found.events.last_session
    today, last_on = reading.today, day_of(reading, at) if at else None
    first = max(min(last_on or today - FIRST_TIME, today), today - WINDOW + ONE_DAY)
    period, grant = Period(first, today), reading.grant
    if grant.span(Category.CRAVINGS):
        reading.looked.over(today - LATELY, today)
    year = Craving.objects.for_grant(grant).between(today - LATELY, today).as_observations()
    cravings, words = [one for one in year if one.day in period], words_for(grant)
    return Since(
        period,
        last_on,
        sum(one.day in period for one in found.days),
        cravings,
        _triggers(cravings, words.triggers),
        _ways(cravings, _compared(reading, year), words.strategies),
        grant.open(Entry.objects.for_grant(grant).between(first, today).newest_first()),
        [one for one in found.events.lapses if one.on in period],
        steps.done_since(reading, first),
    )


def facts_of(found: Gathered, since: Since, flags: list[SaidFlag], goals: list[GoalLine], named: Titles) -> Facts:
    """What a draft note can tell."""
    days = [one for one in found.compared if one.day in since.period]
    return Facts(
        disclosure(found.reading),
        since.period,
        since.logged if found.reading.shows(Category.CHECK_INS) else None,
        [one.craving for one in days if one.craving is not None],
        [one.mood for one in days if one.mood is not None],
        len(since.cravings) if found.reading.shows(Category.CRAVINGS) else None,
        since.triggers,
        [(one.name, one.times, one.pairs) for one in since.ways],
        found.reading.whose.lapse_word,
        [one.about for one in since.lapses],
        [f"{one.name}. {one.numbers}" for one in flags if one.flag.rule not in TOLD_OTHERWISE],
        [one.text for one in named.agenda if one.text],
        [(one.title, one.done, one.steps, one.is_stuck) for one in goals if one.is_active],
        [one.title for one in _finished(goals, since.period)],
        since.done,
        len(since.entries) if found.reading.shows(Category.ENTRIES) else None,
        len(named.proposals),
        found.events.next_on,
    )


def _finished(goals: Iterable[GoalLine], period: Period) -> list[GoalLine]:
    return [one for one in goals if one.is_done and one.closed_on is not None and one.closed_on >= period.first]


def _compared(reading: Reading, year: Sequence[CravingObservation]) -> Sequence[CravingObservation]:
    """The cravings that insights are shared for."""
    first = reach(reading, Category.INSIGHTS)
    return [] if first is None else [one for one in year if one.day >= first]


def _triggers(cravings: Sequence[CravingObservation], names: Mapping[str, Word]) -> list[tuple[str, int, int]]:
    found = named_triggers(cravings).named
    return [(names[one.key].name, one.times, one.of) for one in found if one.key in names][:SHOWN_TRIGGERS]


def _ways(cravings: Iterable[CravingObservation], year: Sequence[CravingObservation], names: Mapping[str, Word]) -> list[Way]:
    used: defaultdict[str, list[CravingObservation]] = defaultdict(list)
    for one in cravings:
        for key in dict.fromkeys(one.strategies):
            used[key].append(one)
    results = coping(year)
    ways = [
        Way(
            names[key].name,
            len(rows),
            tuple((one.intensity, one.intensity_after) for one in rows if one.intensity_after is not None),
            strategy_sentence(results, key, names[key].name),
        )
        for key, rows in used.items()
        if key in names
    ]
    return sorted(ways, key=lambda way: (-way.times, way.name))[:SHOWN_WAYS]
