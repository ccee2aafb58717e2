"""How far a goal has come, and when it is time to look at it. Pure: today and the observations are arguments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import comb
from typing import Protocol, TypeVar

WEEK = timedelta(days=7)


class Counted(Protocol):
    """A log that may count: its day and the strategies used."""

    @property
    def day(self) -> date:
        """The local day."""

    @property
    def strategies(self) -> Sequence[str]:
        """Keys of the strategies."""


Row = TypeVar("Row", bound=Counted)


class Offer(StrEnum):
    """Why a look back is offered. There is no "overdue"."""

    NONE = ""
    WEEK = "week"
    PASSED = "passed"


@dataclass(frozen=True)
class Progress:
    """Steps done of all, and logs counted of the target (None where nothing is counted, or no number was set)."""

    steps_done: int
    steps_all: int
    counted: int | None = None
    target: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the number is reached; where none was set, whether every step is done."""
        if self.counted is not None and self.target is not None:
            return self.counted >= self.target
        return 0 < self.steps_all == self.steps_done

    @property
    def is_more(self) -> bool:
        """Whether more was counted than the target."""
        return self.counted is not None and self.target is not None and self.counted > self.target


def counting(observations: Iterable[Row], strategy: str, started_on: date, today: date) -> list[Row]:
    """The observations that count: with this strategy, from the goal's first day to today."""
    return [row for row in observations if strategy in row.strategies and started_on <= row.day <= today]


def progress(
    done: Iterable[bool],
    observations: Iterable[Counted] = (),
    *,
    strategy: str = "",
    target: int | None = None,
    started_on: date = date.min,
    today: date = date.max,
) -> Progress:
    """The progress of one goal: a truth for each of its steps, and the logs that may count."""
    steps = list(done)
    if not strategy:
        return Progress(sum(steps), len(steps))
    return Progress(sum(steps), len(steps), len(counting(observations, strategy, started_on, today)), target)


def look_back_offer(started_on: date, looked_back_on: date | None, target_on: date | None, today: date) -> Offer:
    """Whether to offer a look back: once after the planned day, otherwise once a week."""
    if has_passed(target_on, today) and (looked_back_on is None or not has_passed(target_on, looked_back_on)):
        return Offer.PASSED
    return Offer.WEEK if today >= (looked_back_on or started_on) + WEEK else Offer.NONE


def has_passed(target_on: date | None, today: date) -> bool:
    """Whether the planned day lies behind."""
    return target_on is not None and target_on < today


@dataclass(frozen=True)
class WeekOfSteps:
    """A week's plan: the Monday, how many steps were planned for it, and how many of those are done."""

    monday: date
    planned: int
    done: int


def weeks_of(steps: Iterable[tuple[date | None, bool]], first: date, last: date) -> list[WeekOfSteps]:
    """The weeks that begin from `first` to `last` and have steps, oldest first; of each step its planned Monday, and whether
    it is done.
    """
    planned: dict[date, list[bool]] = {}
    for monday, is_done in steps:
        if monday is not None and first <= monday <= last:
            planned.setdefault(monday, []).append(is_done)
    return [WeekOfSteps(monday, len(planned[monday]), sum(planned[monday])) for monday in sorted(planned)]


def done_share_interval(done: int, planned: int, level: float = 0.8) -> tuple[float, float]:
    """An interval for the share of planned steps that get done: Beta(1 + done, 1 + not done), for a counselor's table.

    Raises ValueError where more is done than planned.
    """
    if not 0 <= done <= planned:
        raise ValueError("more steps done than planned")
    tail = (1 - level) / 2
    return _share_at(done, planned, tail), _share_at(done, planned, 1 - tail)


def _share_at(done: int, planned: int, below: float) -> float:
    """The quantile of Beta(1 + done, 1 + planned - done), by halving; its distribution is a binomial tail."""
    least, most = 0.0, 1.0
    for _ in range(50):
        middle = (least + most) / 2
        tail = sum(comb(planned + 1, k) * middle**k * (1 - middle) ** (planned + 1 - k) for k in range(done + 1, planned + 2))
        least, most = (middle, most) if tail < below else (least, middle)
    return (least + most) / 2
