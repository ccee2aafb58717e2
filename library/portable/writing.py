"""The library into one document."""

from typing import Any

from library.models import LearnIndex
from library.portable.records import DRAFTED, FORMAT, PUBLISHED, VERSION, WORDS, ordered, record_of
from library.portable.values import Names


def document() -> dict[str, Any]:
    """Everything readers see, drafts that were never published, and nothing about anybody; the same library, the same bytes."""
    names = Names()
    found: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for kind, model in WORDS.items():
        found[kind] = [record_of(row, names) for row in ordered(model)]
    for kind, model in DRAFTED.items():
        found[kind] = [{PUBLISHED: row.live, **record_of(shown(row), names)} for row in ordered(model)]
    front = LearnIndex.objects.first()
    found["front"] = record_of(front, names) if front else None
    return found


def shown(row: Any) -> Any:
    """A page or help line as it is published; one that is not, as it was last saved."""
    return row if row.live or not row.latest_revision_id else row.get_latest_revision_as_object()
