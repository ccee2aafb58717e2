"""A draft for a counselor's own note, as plain text: facts alone, in the order of DAP or BIRP. It is never filed by itself.

Nothing of the journal's text is in it, because a note may travel further than its reader.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from care.disclosure import Disclosure
from journal.figures.figure import both, day, number, span
from journal.insights.observations import Period

DAP, BIRP = "dap", "birp"
KINDS = {DAP: gettext_lazy("DAP"), BIRP: gettext_lazy("BIRP")}


@dataclass(frozen=True)
class Facts:
    """What is known of the days since the last session. None is for what is not shared."""

    about: Disclosure
    period: Period
    check_ins: int | None
    craving: Sequence[int]
    mood: Sequence[int]
    cravings: int | None
    triggers: Sequence[tuple[str, int, int]]
    ways: Sequence[tuple[str, int, Sequence[tuple[int, int]]]]
    lapse_word: str
    lapses: Sequence[date]
    flags: Sequence[str]
    agenda: Sequence[str]
    goals: Sequence[tuple[str, int, int, bool]]
    finished: Sequence[str]
    steps: Sequence[str]
    entries: int | None
    proposals: int
    next_on: date | None


def draft_note(facts: Facts, kind: str) -> str:
    """The note. What only a counselor can say stands in brackets."""
    told = _told(facts)
    if kind == BIRP:
        parts = [
            (_("Behavior"), [*told, *_goals(facts)]),
            (_("Intervention"), [_("[What was done in the session]")]),
            (_("Response"), [*_ways(facts), _("[How the person responded]")]),
            (_("Plan"), _plan(facts)),
        ]
    else:
        parts = [
            (_("Data"), [*told, *_ways(facts), *_goals(facts)]),
            (_("Assessment"), [_("[Your assessment]")]),
            (_("Plan"), _plan(facts)),
        ]
    head = [
        _("%(name)s, %(days)s. Written down by the person in Daybook.") % {"name": facts.about.name, "days": span(facts.period)}
    ]
    foot = [facts.about.notice] if facts.about.notice else []
    return "\n\n".join(["\n".join(head), *(_part(name, lines) for name, lines in parts), *foot])


def _part(name: str, lines: Iterable[str]) -> str:
    return "\n".join([name, *(f"- {line}" for line in lines)])


def _told(facts: Facts) -> list[str]:
    lines = [_("Wants to talk about: %(what)s") % {"what": " / ".join(facts.agenda)}] if facts.agenda else []
    if facts.check_ins is not None:
        lines.append(_("Check-ins on %(n)d of %(days)d days.") % {"n": facts.check_ins, "days": facts.period.days})
    lines += _average(_("Craving (0 to 10): %(mean)s on average, from %(low)d to %(high)d (%(n)d ratings)."), facts.craving)
    lines += _average(_("Mood (1 to 5): %(mean)s on average, from %(low)d to %(high)d (%(n)d ratings)."), facts.mood)
    if facts.cravings is not None:
        lines.append(ngettext("%(n)d craving logged.", "%(n)d cravings logged.", facts.cravings) % {"n": facts.cravings})
    if facts.triggers:
        named = ", ".join(f"{name} ({times})" for name, times, _of in facts.triggers)
        lines.append(_("Triggers named: %(names)s.") % {"names": named})
    if facts.lapses:
        words = {"word": facts.lapse_word.capitalize(), "days": both([day(one) for one in facts.lapses])}
        lines.append(_("%(word)s shared: %(days)s.") % words)
    return [*lines, *facts.flags, *_entries(facts)]


def _average(said: str, ratings: Sequence[int]) -> list[str]:
    if not ratings:
        return []
    mean = number(sum(ratings) / len(ratings))
    return [said % {"mean": mean, "low": min(ratings), "high": max(ratings), "n": len(ratings)}]


def _entries(facts: Facts) -> list[str]:
    if not facts.entries:
        return []
    return [ngettext("%(n)d journal entry shown.", "%(n)d journal entries shown.", facts.entries) % {"n": facts.entries}]


def _ways(facts: Facts) -> list[str]:
    return [_way(*one) for one in facts.ways]


def _way(name: str, times: int, pairs: Sequence[tuple[int, int]]) -> str:
    rated = "; " + ", ".join(f"{before} → {after}" for before, after in pairs) if pairs else ""
    said = ngettext("Used “%(name)s”: %(n)d time%(rated)s.", "Used “%(name)s”: %(n)d times%(rated)s.", times)
    return said % {"name": name, "n": times, "rated": rated}


def _goals(facts: Facts) -> list[str]:
    lines = [_("Goal done: %(title)s") % {"title": title} for title in facts.finished]
    lines += [_("Step done: %(step)s") % {"step": step} for step in facts.steps]
    for title, done, steps, is_stuck in facts.goals:
        words = {"title": title, "done": done, "steps": steps}
        said = _("Goal “%(title)s”: %(done)d of %(steps)d steps done") % words
        lines.append(said + (_(", no step in 14 days.") if is_stuck else "."))
    return lines


def _plan(facts: Facts) -> list[str]:
    lines = [_("Next session: %(day)s.") % {"day": day(facts.next_on)}] if facts.next_on else [_("Next session: [day].")]
    if facts.proposals:
        said = ngettext("%(n)d proposal waits for an answer.", "%(n)d proposals wait for an answer.", facts.proposals)
        lines.append(said % {"n": facts.proposals})
    return [*lines, _("[What was agreed]")]
