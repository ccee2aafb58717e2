"""How far a goal has come. Pure: today and the observations are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

WEEK = timedelta(days=7)


class Counted(Protocol):
    """A log that may count: its day and the strategies used."""

    day: date
    strategies: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """Steps done of all, and logs counted of the target (None where nothing is counted)."""

    steps_done: int
    steps_all: int
    counted: int | None = None
    target: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether everything that is counted has been reached."""
        steps = self.steps_all > 0 and self.steps_done == self.steps_all
        return steps if self.target is None else (self.counted or 0) >= self.target


def progress(done: Iterable[bool], observations: Iterable[Counted], strategy: str, target: int | None, since: date) -> Progress:
    """The progress of one goal; logs from `since` on that used `strategy` count."""
    steps = list(done)
    if not strategy:
        return Progress(sum(steps), len(steps))
    counted = sum(strategy in row.strategies for row in observations if row.day >= since)
    return Progress(sum(steps), len(steps), counted, target)


def is_look_back_due(started_on: date, looked_back_on: date | None, today: date) -> bool:
    """Whether a week has passed since the goal began or was last looked at."""
    return today >= (looked_back_on or started_on) + WEEK


def has_passed(target_on: date | None, today: date) -> bool:
    """Whether the planned day lies behind."""
    return target_on is not None and target_on < today
