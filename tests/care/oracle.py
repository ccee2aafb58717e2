"""What may be seen, by simple rules of its own: the second opinion that the state machine holds against the door.

It uses nothing of `care`. A person's decisions are kept as they were meant: what holds now, and what begins in ten minutes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

TEN_MINUTES = timedelta(minutes=10)
ALL_DAYS = ""


@dataclass
class Row:
    """One row of the cast: whose, of which category ("" for what nobody else ever sees), of which day, with which word in it."""

    id: Any
    model: str
    category: str
    person: str
    day: date
    word: str = ""
    parent: Any = None
    over: tuple[str, str] | None = None
    is_binned: bool = False
    is_withheld: bool = False


@dataclass
class Decision:
    """Scopes, until when, and for one that waits: from when."""

    scopes: dict[str, str]
    ends: datetime
    begins: datetime | None = None


@dataclass
class Between:
    """What a person decided about one counselor."""

    person: str
    counselor: str
    place: str
    holds: Decision | None = None
    waits: Decision | None = None
    is_paused: bool = False
    shown: set = field(default_factory=set)
    told: list = field(default_factory=list)

    def pass_to(self, now: datetime) -> None:
        """Time went on: what waited may have begun."""
        if self.waits and self.waits.begins <= now:
            self.holds, self.waits = self.waits, None

    def alive(self, now: datetime) -> list[Decision]:
        """What holds or will hold."""
        return [one for one in (self.holds, self.waits) if one and now < one.ends]

    def in_force(self, now: datetime) -> Decision | None:
        """What holds at this moment."""
        return self.holds if self.holds and now < self.holds.ends else None

    def shows_entries(self, now: datetime) -> bool:
        """Whether entries can be shown one by one."""
        return any("entries" in one.scopes for one in self.alive(now))

    def sign(self, scopes: dict[str, str], ends: datetime, now: datetime) -> bool:
        """False where it would be over before it begins."""
        held, is_more = self.in_force(now), self.opens_more(scopes, ends, now)
        if ends <= (now + TEN_MINUTES if is_more else now):
            return False
        self.is_paused = self.is_paused and bool(self.alive(now))
        if "entries" not in scopes or not self.shows_entries(now):
            self.shown.clear()
        if not is_more:
            is_same = held is not None and (held.scopes, held.ends) == (scopes, ends) and self.waits is None
            self.holds, self.waits = Decision(scopes, ends), None
            self.tell("consent-changed" if is_same else "consent-narrowed", scopes)
            return True
        if held is not None:
            self.drop(held, scopes, ends)
        self.waits = Decision(scopes, ends, now + TEN_MINUTES)
        self.tell("consented", scopes)
        return True

    def opens_more(self, scopes: dict[str, str], ends: datetime, now: datetime) -> bool:
        """Whether anything opens that does not hold now."""
        held = self.in_force(now)
        if held is None or ends > held.ends:
            return True
        return any(name not in held.scopes or day < held.scopes[name] for name, day in scopes.items())

    def drop(self, held: Decision, scopes: dict[str, str], ends: datetime) -> None:
        """What the new decision leaves out ends now."""
        rest = {name: max(day, scopes[name]) for name, day in held.scopes.items() if name in scopes}
        if rest == held.scopes:
            return
        self.holds = Decision(rest, min(ends, held.ends)) if rest else None
        self.tell("consent-narrowed" if rest else "consent-revoked", rest or held.scopes)

    def undo(self, now: datetime) -> bool:
        """Take back what has not begun."""
        if self.waits is None:
            return False
        self.tell("consent-undone", self.waits.scopes)
        self.waits = None
        if not self.shows_entries(now):
            self.shown.clear()
        return True

    def pause(self, now: datetime, *, paused: bool) -> None:
        """Pause, or go on."""
        if self.alive(now) and self.is_paused != paused:
            for one in self.alive(now):
                self.tell("consent-paused" if paused else "consent-resumed", one.scopes)
            self.is_paused = paused

    def stop(self, now: datetime) -> None:
        """End it all."""
        for one in self.alive(now):
            self.tell("consent-revoked", one.scopes)
        self.holds = self.waits = None
        self.is_paused = False
        self.shown.clear()

    def tell(self, action: str, scopes: dict[str, str]) -> None:
        """What the person's record must say."""
        self.told.append((action, " ".join(sorted(scopes)), self.person, ""))


@dataclass
class World:
    """Everybody, everything they wrote, and who works where."""

    rows: dict[Any, Row]
    between: dict[tuple[str, str], Between]
    works: dict[str, bool]  # membership by counselor's name
    is_open: dict[str, bool]  # organisation by name
    lives: dict[str, bool]  # accounts by name

    def may(self, reader: str, pair: tuple[str, str], now: datetime) -> Decision | None:
        """The decision by which `reader` may look over this pair now."""
        one = self.between[pair]
        at_work = self.works[one.counselor] and self.is_open[one.place] and self.lives[one.counselor]
        return one.in_force(now) if reader == one.counselor and at_work and self.lives[one.person] else None

    def opened(self, pair: tuple[str, str], wanted: set[str], decision: Decision) -> set[str]:
        """The categories that a reading opens."""
        one = self.between[pair]
        return {"contact"} | (set() if one.is_paused else wanted & set(decision.scopes))

    def seen(self, pair: tuple[str, str], opened: set[str], decision: Decision, first: date = date.min) -> set:
        """The ids of the rows that an opened reading shows."""
        return {row.id for row in self.rows.values() if row.day >= first and self._shows(pair, row, opened, decision)}

    def _shows(self, pair: tuple[str, str], row: Row, opened: set[str], decision: Decision) -> bool:
        if row.person != pair[0] or row.category not in opened or row.is_binned or row.is_withheld:
            return False
        if row.parent is not None and self.rows[row.parent].is_binned:
            return False
        if row.category == "contact":
            return row.over == pair
        if row.category == "entries":
            return row.id in self.between[pair].shown
        first = decision.scopes[row.category]
        return first == ALL_DAYS or row.day >= date.fromisoformat(first)
