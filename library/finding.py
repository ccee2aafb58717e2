"""Finding pages and names by words that may be misspelled."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about what is looked for.
EMPTY = frozenset(
    {
        "a", "about", "am", "an", "and", "are", "can", "cant", "do", "does", "dont", "for", "have", "how", "i", "im", "in", "is",
        "it", "ive", "m", "me", "my", "not", "of", "on", "or", "re", "s", "t", "that", "the", "this", "to", "was", "what", "when",
        "why", "with", "you", "your",
    }
)  # fmt: skip
MOST_WORDS, LEAST_SCORE, CLOSE = 8, 0.55, 0.78
STEM = 4


@dataclass(frozen=True)
class Findable:
    """Something that can be found: its kind, its title, other words for it, and what it says in a sentence."""

    kind: str
    slug: str
    title: str
    also: str
    says: str


@dataclass(frozen=True)
class Hit:
    """Something found, and how well it fits (0 to 1)."""

    item: Findable
    score: float


def words(text: str) -> list[str]:
    """The words of a text that mean something, in lower case, at most eight; all of them when none does."""
    found = WORD.findall(text.lower())
    return ([word for word in found if word not in EMPTY] or found)[:MOST_WORDS]


def find(query: str, items: Iterable[Findable], limit: int = 12) -> list[Hit]:
    """What fits the query best, best first. A misspelled word counts as the word it is close to."""
    asked = words(query)
    if not asked:
        return []
    hits = [Hit(item, _score(asked, item)) for item in items]
    good = [hit for hit in hits if hit.score >= LEAST_SCORE]
    return sorted(good, key=lambda hit: (-hit.score, hit.item.title))[:limit]


def closest(query: str, items: Iterable[Findable], limit: int = 3) -> list[str]:
    """Words of the titles that look like a word of the query, for "did you mean"."""
    known = sorted({word for item in items for word in words(f"{item.title} {item.also}") if len(word) > 3})
    return list(dict.fromkeys(_near(words(query), known)))[:limit]


def _near(asked: list[str], known: list[str]) -> Iterator[str]:
    for word in asked:
        yield from get_close_matches(word, known, n=2, cutoff=0.6)


def _score(asked: list[str], item: Findable) -> float:
    """The mean over the query's words of how well the best word of the item fits; the title weighs most."""
    parts = ((words_of(item.title), 1.0), (words_of(item.also), 0.95), (words_of(item.says), 0.7))
    return sum(max((weight * _best(word, held) for held, weight in parts), default=0) for word in asked) / len(asked)


def words_of(text: str) -> frozenset[str]:
    """Every word of a text."""
    return frozenset(WORD.findall(text.lower()))


def _best(word: str, held: frozenset[str]) -> float:
    return max((_likeness(word, other) for other in held), default=0.0)


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) >= STEM and (other.startswith(word) or word.startswith(other)):
        return 0.9
    if len(word) < STEM or abs(len(word) - len(other)) > 2:
        return 0.0
    ratio = SequenceMatcher(None, word, other).ratio()
    return ratio if ratio >= CLOSE else 0.0
