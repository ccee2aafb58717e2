"""What a person's own logs say about ways to cope, for the places that offer them."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.grants import Grant
from journal.figures.ways import strategy_sentence
from journal.insights.coping import Coping, coping, order
from journal.models import Craving
from journal.words import Words

LATELY = timedelta(days=364)


def coping_of(grant: Grant, today: date) -> Coping:
    """The estimates from the latest year's cravings that were rated before and after. One query."""
    rated = Craving.objects.for_grant(grant).kept().between(today - LATELY, today).exclude(intensity_after=None)
    return coping(rated.as_observations())


def offered(found: Coping, words: Words, known: Iterable[str], tried: Iterable[str] = ()) -> list[str]:
    """Keys of strategies as they should be offered: supported ones first, untried ones among them, retired ones never."""
    live = [key for key in known if key in words.strategies and not words.strategies[key].is_retired]
    return order(found, live, tried)


def sentences(found: Coping, words: Words, keys: Iterable[str]) -> list[str]:
    """What followed each of these ways to cope; nothing for those never rated."""
    known = words.strategies
    said = [strategy_sentence(found, key, known[key].name) for key in keys if key in known]
    return [line for line in said if line]
