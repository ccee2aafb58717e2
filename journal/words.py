"""The triggers and coping strategies one person can choose from: the library's, and their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.grants import Grant, Opened
from journal.models import OwnWord
from library.shelf import shelf

TRIGGER, STRATEGY = OwnWord.Kind.TRIGGER, OwnWord.Kind.STRATEGY


@dataclass(frozen=True)
class Word:
    """A choice: its key in a row, its name, and whether it is the person's own."""

    key: str
    name: str
    url: str
    is_own: bool
    is_retired: bool


@dataclass(frozen=True)
class Words:
    """Names by key, for both kinds."""

    triggers: Mapping[str, Word]
    strategies: Mapping[str, Word]

    def of(self, kind: str) -> Mapping[str, Word]:
        """The words of one kind."""
        return self.triggers if kind == TRIGGER else self.strategies

    def named(self, kind: str, keys: Iterable[str]) -> list[Word]:
        """The words for stored keys, in their order; a key that is gone is left out."""
        known = self.of(kind)
        return [known[key] for key in keys if key in known]


def words_for(grant: Grant) -> Words:
    """All words of the grant's person, retired ones too, since old rows carry them. One query."""
    own = grant.open(OwnWord.objects.for_grant(grant).order_by("created_at", "pk"))
    shelf_now = shelf()
    return Words(
        triggers=_merged(own, TRIGGER, shelf_now.triggers, "triggers"),
        strategies=_merged(own, STRATEGY, shelf_now.strategies, "coping"),
    )


def common_words() -> Words:
    """The words that everybody has: what a page may offer that knows nobody. No query."""
    shelf_now = shelf()
    return Words(_merged([], TRIGGER, shelf_now.triggers, "triggers"), _merged([], STRATEGY, shelf_now.strategies, "coping"))


def choices(words: Words, kind: str, recent: Iterable[str] = (), chosen: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Form choices: chosen and recently used first, then the library's order. A retired word only where it is chosen."""
    known, chosen = words.of(kind), list(chosen)
    offered = {key for key, word in known.items() if not word.is_retired or key in chosen}
    first = [key for key in [*chosen, *recent] if key in offered]
    return [(key, known[key].name) for key in dict.fromkeys([*first, *known]) if key in offered]


def _merged(own: list[Opened], kind: str, shared: Mapping, folder: str) -> dict[str, Word]:
    words = {
        slug: Word(slug, entry.name, f"/{folder}/{slug}/", is_own=False, is_retired=entry.is_retired)
        for slug, entry in shared.items()
    }
    for row in own:
        if row.kind == kind:
            key = str(row.pk)
            words[key] = Word(key, row.name, f"/{folder}/{key}/", is_own=True, is_retired=row.retired_at is not None)
    return words
