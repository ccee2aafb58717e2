"""What a proposal is about, as either side reads it; and what might be proposed from what a person shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.grants import Category, Opened
from care.access import Reading
from care.models import Proposal
from journal.models import Craving
from journal.words import TRIGGER
from library.shelf import shelf

Kind = Proposal.Kind
WHAT: Mapping[str, Any] = {
    Kind.PAGE: gettext_lazy("a page to read"),
    Kind.STRATEGY: gettext_lazy("a way to cope"),
    Kind.TEMPLATE: gettext_lazy("a goal"),
    Kind.GOAL: gettext_lazy("a goal"),
}
LOOK_BACK = timedelta(days=90)
SHOWN, FEW = 3, 2


@dataclass(frozen=True)
class Offer:
    """A proposal with what the library says about it. `is_gone`: the library has it no more."""

    proposal: Opened
    text: str
    url: str
    is_gone: bool = False

    @property
    def is_goal(self) -> bool:
        """Whether it becomes a goal, whose words can be changed first."""
        return self.proposal.kind in (Kind.TEMPLATE, Kind.GOAL)

    @property
    def what(self) -> str:
        """What is proposed, as its person reads it."""
        return str(WHAT[self.proposal.kind])

    @property
    def counselor(self) -> str:
        """Who proposed it; the connection comes prefetched."""
        return self.proposal.connection.membership.shown_name


@dataclass(frozen=True)
class Suggestion:
    """A trigger that the person noted, how often, and what the library has on it."""

    name: str
    times: int
    page: Any
    strategies: tuple[Any, ...]
    templates: tuple[Any, ...]


def offer(proposal: Opened) -> Offer:
    """What is proposed. No query: the library is held in memory."""
    held, key = shelf(), proposal.key
    if proposal.kind == Kind.GOAL:
        return Offer(proposal, "", "")
    if proposal.kind == Kind.PAGE and key in held.pages:
        return Offer(proposal, held.pages[key].promise, held.pages[key].url)
    if proposal.kind == Kind.STRATEGY and key in held.strategies:
        return Offer(proposal, held.strategies[key].summary, f"/coping/{key}/")
    if proposal.kind == Kind.TEMPLATE and key in held.templates:
        return Offer(proposal, held.templates[key].why, "")
    return Offer(proposal, "", "", is_gone=True)


def suggestions(reading: Reading) -> list[Suggestion]:
    """What the library has on the three triggers noted most in 90 days, as far as cravings are shared. One query."""
    if reading.grant.span(Category.CRAVINGS) is None:
        return []
    held, first = shelf(), reading.today - LOOK_BACK
    reading.looked.over(first, reading.today)
    rows = Craving.objects.for_grant(reading.grant).kept().between(first, reading.today)
    counts = rows.tag_counts([(TRIGGER, slug) for slug in held.triggers])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    keys = [(key, times) for (kind, key), times in ranked if kind == TRIGGER and key in held.triggers][:SHOWN]
    offered: set[str] = set()
    return [_suggestion(key, times, offered) for key, times in keys]


def _suggestion(key: str, times: int, offered: set[str]) -> Suggestion:
    """What the library has on one trigger, without what was `offered` for an earlier one."""
    held = shelf()
    trigger, page = held.triggers[key], held.page_for_trigger(key)
    ways = [held.strategies[slug] for slug in trigger.strategies if slug in held.strategies]
    strategies = [way for way in ways if not way.is_retired and way.slug not in offered][:FEW]
    templates = [one for one in held.templates_for_trigger(key) if one.slug not in offered][:FEW]
    shown = page if page and page.code not in offered else None
    offered.update(one.slug for one in [*strategies, *templates])
    offered.update([page.code] if page else [])
    return Suggestion(trigger.name, times, shown, tuple(strategies), tuple(templates))
