"""What can be shared, in the person's words, and what a signed consent opens. Unknown words open nothing."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.grants import Category, Span

WITH_HISTORY = ""
WHOLE = Span()


@dataclass(frozen=True)
class Shareable:
    """A category as the person reads it: its name, and what somebody sees who may look."""

    category: Category
    name: Any
    includes: Any


SHAREABLE = (
    Shareable(Category.CHECK_INS, _("Check-ins"), _("Mood, craving, sleep, medicine and your short note of each day.")),
    Shareable(
        Category.CRAVINGS,
        _("Cravings"),
        _(
            "How strong, what set it off, what you did, how it went on, and your note. Never whether it led to a return to use: "
            "only “Returns to use” can tell that."
        ),
    ),
    Shareable(
        Category.LAPSES,
        _("Returns to use"),
        _("The day, what you noted, and the look back. Never one that you keep to yourself."),
    ),
    Shareable(Category.GOALS, _("Goals"), _("Your goals and their steps.")),
    Shareable(Category.PLAN, _("My plan"), _("Your plan for hard moments, with the people in it.")),
    Shareable(
        Category.INSIGHTS, _("Insights"), _("The pictures and sentences made from what you share above, and the days you marked.")
    ),
    Shareable(Category.ENTRIES, _("Journal entries"), _("Only those that you show one by one. Nothing else of your journal.")),
)
CATEGORIES = {one.category.value: one.category for one in SHAREABLE}
# One chooses entries singly, so "with history" means nothing for them.
WITHOUT_DAYS = frozenset({Category.ENTRIES})


class UnknownScope(ValueError):
    """A stored scope that this version does not know."""


def spans_of(scopes: Mapping[str, str], shared_entries: Iterable[uuid.UUID] = ()) -> dict[Category, Span]:
    """The spans of a consent: {category: first day or ""} becomes what a grant holds; what is written to each other always
    belongs to it. Raises UnknownScope for a category or a day that cannot be read: then nothing opens.
    """
    spans = {Category.CONTACT: Span()}
    for name, first in scopes.items():
        category = _category(name)
        if category == Category.ENTRIES:
            spans[category] = Span(row_ids=frozenset(shared_entries))
        else:
            spans[category] = WHOLE if first == WITH_HISTORY else Span(from_day=_day(first))
    return spans


def is_wider(new: Mapping[str, str], old: Mapping[str, str]) -> bool:
    """Whether `new` opens anything that `old` did not: a further category, or earlier days."""
    return any(name not in old or _starts(first) < _starts(old[name]) for name, first in new.items())


def in_both(new: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    """What two sets of scopes both open: their common categories, each from the later day."""
    return {name: max(first, new[name], key=_starts) for name, first in old.items() if name in new}


def in_order(categories: Iterable[str]) -> list[Shareable]:
    """Categories in the order of the page."""
    wanted = set(categories)
    return [one for one in SHAREABLE if one.category in wanted]


def names_of(categories: Iterable[str]) -> list[str]:
    """Categories as they are called, in the order of the page."""
    return [str(one.name) for one in in_order(categories)]


def _category(name: str) -> Category:
    if name not in CATEGORIES:
        raise UnknownScope(name)
    return CATEGORIES[name]


def _day(first: str) -> date | None:
    try:
        return date.fromisoformat(first) if first != WITH_HISTORY else None
    except (ValueError, TypeError) as error:
        raise UnknownScope("day") from error


def _starts(first: str) -> date:
    return _day(first) or date.min
