"""What a counselor does on the pages about a person: answering a flag, and noting a session. Nothing of the person's changes."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from care.models import FlagMark, Review

# The button pressed twice, or once more to mend the day, is the same session.
SAME_SESSION = timedelta(hours=12)


def mark_flag(connection_id: uuid.UUID, rule: str, key: str, mark: str, by: uuid.UUID, now: datetime) -> None:
    """Keep what a counselor said to a flag; the last mark stands."""
    said = {"mark": mark, "by_id": by, "at": now}
    FlagMark.objects.update_or_create(connection_id=connection_id, rule=rule, key=key, defaults=said)


@transaction.atomic
def hold_session(connection_id: uuid.UUID, next_on: date | None, now: datetime) -> Review:
    """Note that the records were gone through with the person, and the day of the next session."""
    latest = _latest(connection_id)
    if latest is not None and (latest.at is None or now - latest.at < SAME_SESSION):
        latest.at, latest.next_on = latest.at or now, next_on
        latest.save(update_fields=["at", "next_on"])
        return latest
    return Review.objects.create(connection_id=connection_id, at=now, next_on=next_on)


@transaction.atomic
def set_next(connection_id: uuid.UUID, next_on: date | None) -> Review:
    """Set or take away the day of the next session, and say nothing about one that was held."""
    latest = _latest(connection_id)
    if latest is None:
        return Review.objects.create(connection_id=connection_id, at=None, next_on=next_on)
    latest.next_on = next_on
    latest.save(update_fields=["next_on"])
    return latest


def _latest(connection_id: uuid.UUID) -> Review | None:
    """The row that counts: the last session, or before the first one the row that only has its day."""
    mine = Review.objects.select_for_update().filter(connection_id=connection_id)
    return mine.exclude(at=None).order_by("-at").first() or mine.first()
