"""The record of what was done, told in plain words: who did what, with which records, when."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import wall_clock
from accounts.grants import Category
from accounts.models import AccessRecord, Person
from care.models import Connection, Consent
from care.scopes import SHAREABLE

Action = AccessRecord.Action
THIS_WEEK = timedelta(days=6)
# Categories inside a sentence: "your check-ins and cravings".
WORDS = {
    Category.CHECK_INS: gettext_lazy("check-ins"),
    Category.CRAVINGS: gettext_lazy("cravings"),
    Category.GOALS: gettext_lazy("goals"),
    Category.PLAN: gettext_lazy("plan"),
    Category.INSIGHTS: gettext_lazy("insights"),
    Category.ENTRIES: gettext_lazy("shown journal entries"),
}
LAPSES: dict[str, Any] = {
    Person.LapseWord.RETURN: gettext_lazy("returns to use"),
    Person.LapseWord.LAPSE: gettext_lazy("lapses"),
    Person.LapseWord.SLIP: gettext_lazy("slips"),
    Person.LapseWord.RELAPSE: gettext_lazy("relapses"),
}
# What a person did themselves; some of it with somebody.
OWN = {
    Action.OPENED: gettext_lazy("You opened your account"),
    Action.EXPORTED: gettext_lazy("You downloaded all your records"),
    Action.RECOVERED: gettext_lazy("A new password was set with your recovery code"),
    Action.CODE_MADE: gettext_lazy("You made a new recovery code"),
    Action.CLOSED: gettext_lazy("You closed your account"),
    Action.BIN_EMPTIED: gettext_lazy("What had been in your bin for 30 days was removed"),
    Action.CONSENTED: gettext_lazy("You let %(who)s see your %(what)s"),
    Action.UNDONE: gettext_lazy("You took back what you had signed for %(who)s, before it began"),
    Action.NARROWED: gettext_lazy("You made what %(who)s sees smaller, to your %(what)s"),
    Action.CHANGED: gettext_lazy("You changed what you signed for %(who)s, who sees the same as before"),
    Action.PAUSED: gettext_lazy("You paused the sharing with %(who)s"),
    Action.RESUMED: gettext_lazy("You let the sharing with %(who)s go on"),
    Action.REVOKED: gettext_lazy("You stopped the sharing with %(who)s"),
}
# What a counselor did.
THEIRS = {
    Action.READ: gettext_lazy("%(who)s looked at your %(what)s"),
    Action.PRINTED: gettext_lazy("%(who)s made a report from your %(what)s"),
}
# What a counselor wrote, by the page; what was opened for it is said too.
WROTE = {
    "comment": gettext_lazy("%(who)s wrote a comment"),
    "propose": gettext_lazy("%(who)s suggested something to you"),
    "take-back": gettext_lazy("%(who)s took a suggestion back"),
    "call": gettext_lazy("%(who)s marked the call that you asked for"),
}
WROTE_SOMETHING = gettext_lazy("%(who)s wrote to you")
WROTE_ABOUT = gettext_lazy("%(said)s, about your %(what)s")
ON_THE_LIST = gettext_lazy("%(who)s looked at the list of everybody who shares, with your %(what)s")
# Pages that open nothing but what people write to each other, or less.
LOOKED = {
    "inbox": gettext_lazy("%(who)s looked for new messages, and at none of your records"),
    "notes": gettext_lazy("%(who)s opened the page for own notes, and none of your records"),
}
ONLY_WORDS = gettext_lazy("%(who)s looked at what you wrote to each other, and at none of your records")
REFUSED_KNOWN = gettext_lazy("%(who)s wanted to look and was refused")
REFUSED = gettext_lazy("Somebody who may not look was refused")
# Somebody who may look followed an old link, say: nothing was shown, and nothing was tried without leave.
FOUND_NOTHING = gettext_lazy("%(who)s asked for something that is not shown or is gone, and saw nothing")
CASELOAD = "caseload"


@dataclass(frozen=True)
class Names:
    """How the people in a record are called: by the consent a line rests on, or by who acted."""

    by_consent: Mapping[uuid.UUID, str] = field(default_factory=dict)
    by_actor: Mapping[uuid.UUID, str] = field(default_factory=dict)

    def of(self, line: Any) -> str:
        """The name that goes with a line; "" for nobody whom the person knows."""
        return self.by_consent.get(line.consent_id) or self.by_actor.get(line.actor_id) or ""


@dataclass(frozen=True)
class Clock:
    """Whose clock tells the moments, the word they use, and what moment it is now."""

    tz: str
    lapse_word: str
    now: datetime


def tell(lines: Iterable[AccessRecord], person: Person, now: datetime) -> list[str]:
    """Lines of a person's record as sentences, in the same order; at most two queries."""
    lines = list(lines)
    names, by_clock = names_in(lines, person.pk), Clock(person.tz, person.lapse_word, now)
    return [sentence(line, names, by_clock) for line in lines]


def names_in(lines: Iterable[AccessRecord], person_id: uuid.UUID) -> Names:
    """The names that these lines need. A name outlives the account: it belongs to the place of work."""
    lines = list(lines)
    consents = {line.consent_id for line in lines} - {None}
    rows = Consent.objects.filter(person_id=person_id, pk__in=consents)
    by_consent = dict(rows.values_list("pk", "connection__membership__shown_name")) if consents else {}
    if all(line.consent_id in by_consent or line.actor_id == person_id for line in lines):
        return Names(by_consent)
    known = Connection.objects.filter(person_id=person_id, membership__person__isnull=False)
    return Names(by_consent, dict(known.values_list("membership__person_id", "membership__shown_name")))


def sentence(line: Any, names: Names, by_clock: Clock) -> str:
    """One line of the record as a sentence."""
    who = names.of(line) or _("a counselor")
    what = in_words(line.categories.split(), by_clock.lapse_word)
    said = str(_pattern(line, names)) % {"who": who, "what": what or _("records")}
    days = _days(line, wall_clock(by_clock.now, by_clock.tz).date())
    parts = [said[:1].upper() + said[1:], *([days] if days else []), when(line.at, by_clock.tz, by_clock.now)]
    return ", ".join(parts) + "."


def in_words(categories: Iterable[str], lapse_word: str) -> str:
    """Categories inside a sentence, in the order of the page: "check-ins, cravings and goals"."""
    words = {**WORDS, Category.LAPSES: LAPSES.get(lapse_word, LAPSES[Person.LapseWord.RETURN])}
    return get_text_list([str(words[Category(name)]) for name in _records(categories)], _("and"))


def when(at: datetime, tz: str, now: datetime) -> str:
    """A moment as one says it: "today 14:02", "on Tuesday 14:02", "on 3 November, 14:02"."""
    moment, today = wall_clock(at, tz), wall_clock(now, tz).date()
    clock = format_date(moment, "H:i")
    if moment.date() == today:
        return _("today %(clock)s") % {"clock": clock}
    if today - THIS_WEEK <= moment.date() < today:
        return _("on %(day)s %(clock)s") % {"day": format_date(moment, "l"), "clock": clock}
    return _("on %(day)s, %(clock)s") % {"day": _day(moment.date(), today), "clock": clock}


def span(first: date, last: date, today: date) -> str:
    """Days as one says them: "12 to 19 November"."""
    if first == last:
        return _("of %(day)s") % {"day": _day(first, today)}
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    begin = format_date(first, "j") if same_month else format_date(first, "j F" if same_year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": begin, "last": _day(last, today)}


def _day(day: date, today: date) -> str:
    return format_date(day, "j F" if day.year == today.year else "j F Y")


def _days(line: Any, today: date) -> str:
    return span(line.first_day, line.last_day, today) if line.first_day and line.last_day else ""


def _pattern(line: Any, names: Names) -> Any:
    has_records = bool(_records(line.categories.split()))
    if line.action == Action.REFUSED:
        may_look = bool(line.consent_id and line.categories)
        return FOUND_NOTHING if may_look else REFUSED_KNOWN if names.of(line) else REFUSED
    if line.action == Action.WROTE:
        said = WROTE.get(line.page, WROTE_SOMETHING)
        return str(WROTE_ABOUT).replace("%(said)s", str(said)) if has_records else said
    if line.action == Action.READ and not has_records:
        return LOOKED.get(line.page, ONLY_WORDS)
    if line.action == Action.READ and line.page == CASELOAD:
        return ON_THE_LIST
    # A percent sign in a label must not be read as a place for a word.
    return OWN.get(line.action) or THEIRS.get(line.action) or str(line.action).replace("%", "%%")


def _records(categories: Iterable[str]) -> list[str]:
    opened = set(categories)
    return [str(one.category) for one in SHAREABLE if one.category in opened]
