"""What a progress report says: one frozen value, made of a reading and a period, from which the page and the PDF are printed.

Never a word of the journal, of the plan or of a return to use, whatever is shared: a report may travel further than its reader.
The only words of the person's are those that they wrote for reports.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.grants import Category, Opened
from care.access import Reading
from care.report_parts import WANTED as WANTED
from care.report_parts import Parts, charts, parts_of, suggested_pages
from care.report_words import (
    GoalLine,
    coverage,
    craving_rated,
    cravings_logged,
    goals_table,
    mood_and_sleep,
    status_of,
    steps_done,
    ways_table,
)
from care.standing import last_day
from care.stated import Stated, stated
from care.texts import NOTICE_LONG, NOTICE_SHORT, day, moment, signed_lines
from journal.figures.figure import Figure, Table, span
from journal.insights.observations import Period
from library.shelf import shelf

LEAST_CHECK_INS = 7
VERSION_LETTERS = 12


@dataclass(frozen=True)
class Basis:
    """Whose report for whom, and the consent it rests on. The notices are empty where 42 CFR Part 2 does not apply."""

    name: str
    counselor: str
    organisation: str
    purpose: str
    signed: str
    until: str
    scopes: tuple[str, ...]
    notice: str
    short_notice: str


@dataclass(frozen=True)
class Content:
    """The whole report. A part that is None or empty is left out; `few` says why there are no charts."""

    basis: Basis
    period: str
    summary: tuple[str, ...]
    coverage: tuple[str, ...] = ()
    few: str = ""
    goals: Table | None = None
    charts: tuple[Figure, ...] = ()
    left_out: tuple[str, ...] = ()
    ways: Table | None = None
    pages: tuple[str, ...] = ()
    stated: Stated | None = None
    comment: str = ""
    methods: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Says whether two prints hold the same."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:VERSION_LETTERS]


def content(reading: Reading, period: Period, comment: str = "") -> Content:
    """A report on some days."""
    reading.looked.over(period.first, period.last)
    parts, basis = parts_of(reading, period), basis_of(reading)
    made = Content(basis, span(period), _summary(parts, basis.name), comment=comment, methods=_methods(()))
    said = stated(reading.grant, reading.connection_id, reading.whose.tz)
    made = replace(made, pages=tuple(map(_page, suggested_pages(parts))), stated=said)
    if parts.shows(Category.CHECK_INS):
        made = replace(made, coverage=_coverage(parts, basis.name), few=_few(parts))
    if parts.shows(Category.GOALS):
        lines = [GoalLine(goal.title, status_of(goal), parts.progress_of(goal)) for goal in parts.goals]
        made = replace(made, goals=goals_table(lines))
    if parts.shows(Category.CRAVINGS):
        made = replace(made, ways=ways_table(parts.seen.cravings, parts.words.strategies, shelf()))
    return made if made.few else _drawn(made, charts(parts))


def basis_of(reading: Reading) -> Basis:
    """The header: who, for whom, and by which consent."""
    consent, place = reading.consent, reading.membership.organisation
    return Basis(
        name=reading.name,
        counselor=reading.membership.shown_name,
        organisation=place.name,
        purpose=str(consent.get_purpose_display()),
        signed=moment(consent.signed_at, reading.whose.tz),
        until=day(last_day(consent, reading.whose)),
        scopes=tuple(signed_lines(consent.scopes, reading.grant.open_word(consent, "signed_text"))),
        notice=NOTICE_LONG if place.is_part2 else "",
        short_notice=NOTICE_SHORT if place.is_part2 else "",
    )


def _summary(parts: Parts, name: str) -> tuple[str, ...]:
    """Five sentences at most, from what is shared."""
    said = []
    shared = parts.reach(Category.CHECK_INS) if parts.shows(Category.CHECK_INS) else None
    if shared is not None:
        said += [coverage(name, len(parts.days), shared.days), craving_rated(parts.days), mood_and_sleep(parts.days)]
    if parts.shows(Category.CRAVINGS):
        said += [cravings_logged(parts.seen.cravings)]
    if parts.shows(Category.GOALS):
        said += [steps_done(parts.weeks, parts.goals_done)]
    return tuple(said)


def _coverage(parts: Parts, name: str) -> tuple[str, ...]:
    shared, n = parts.reach(Category.CHECK_INS), len(parts.days)
    if shared is None:
        return (_("No day of this period is shared."),)
    words = {"n": n, "of": shared.days, "share": f"{n / shared.days:.0%}"}
    said = [_("%(n)d of %(of)d days have a check-in (%(share)s).") % words]
    if shared != parts.period:
        said += [_("Check-ins are shared from %(day)s on.") % {"day": day(shared.first)}]
    return (*said, _("Days without a check-in stay empty. They say nothing about %(name)s.") % {"name": name})


def _few(parts: Parts) -> str:
    if len(parts.days) >= LEAST_CHECK_INS:
        return ""
    return _("There are no charts: they need at least %(least)d days with a check-in.") % {"least": LEAST_CHECK_INS}


def _drawn(made: Content, found: Iterable[Figure]) -> Content:
    """With the charts for which enough is noted, and the questions of the others."""
    every = list(found)
    drawn = tuple(one for one in every if not one.is_example)
    questions = tuple(one.question for one in every if one.is_example)
    return replace(made, charts=drawn, left_out=questions, methods=_methods(drawn))


def _page(row: Opened) -> str:
    pages = shelf().pages
    known = pages.get(row.key) or next((page for page in pages.values() if page.slug == row.key), None)
    return f"{known.title if known else row.title}: {row.get_answer_display() or _('not answered yet')}"


def _methods(drawn: Iterable[Figure]) -> tuple[str, ...]:
    """How the report is made, and what is missing in it."""
    return (
        _("Everything here was noted by the person, on a phone or a computer. Nobody measured it."),
        _("What nobody noted is missing, and nothing is put in its place. Counts say how often somebody logs, and no more."),
        _("A chart shows what came together. It does not show why."),
        _("Beside “In my own words”, a report holds nothing from the journal, from the plan or about a return to use."),
        *(f"{one.question} {one.how} {one.rules}".strip() for one in drawn),
    )
