"""Looking for words in one's own text: rows are opened for their owner, and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.grants import Grant, Opened
from journal.models import CheckIn, Craving, Entry

EXCERPT = 180
ENTRY_FIELDS = ("title", "went_well", "what_next", "body", "note")


@dataclass(frozen=True)
class Hit:
    """A row that holds every word looked for, with the text around the first one."""

    kind: str
    row: Any
    before: str
    match: str
    after: str


def excerpt(words: Mapping[str, str], length: int = EXCERPT) -> str:
    """The beginning of a row's text, cut at a space."""
    text = " ".join(" ".join(words.get(name, "") for name in ENTRY_FIELDS[1:]).split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def search(grant: Grant, wanted: str) -> list[Hit]:
    """Entries, notes of cravings and of check-ins that hold every word of `wanted`, newest first."""
    words = wanted.casefold().split()
    hits = [
        hit
        for kind, model in (("entry", Entry), ("craving", Craving), ("check-in", CheckIn))
        for row in model.objects.for_grant(grant).kept().iterator(chunk_size=500)
        if (hit := _hit(kind, grant.open_one(row), words))
    ]
    return sorted(hits, key=lambda hit: (hit.row.local_day, hit.row.occurred_at), reverse=True)


def _hit(kind: str, opened: Opened, words: list[str]) -> Hit | None:
    text = " ".join(" · ".join(opened.words[name] for name in ENTRY_FIELDS if opened.words.get(name)).split())
    folded = text.casefold()
    if not words or not all(word in folded for word in words):
        return None
    # Case folding can change lengths ("ß"); then the excerpt begins a little off, which does no harm.
    start = folded.find(words[0])
    end = start + len(words[0])
    begin = max(0, start - EXCERPT // 3)
    return Hit(kind, opened.row, text[begin:start], text[start:end], text[end : end + EXCERPT])
