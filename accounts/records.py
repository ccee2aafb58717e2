"""The append-only, hash-chained record of what was done with somebody's records."""

import hashlib
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessRecord, DataKey


def record(*, action: AccessRecord.Action, person_id: uuid.UUID, by: uuid.UUID, category: str = "") -> AccessRecord:
    """Append one line to a person's chain. Runs inside the caller's transaction, so that no act goes unrecorded."""
    with transaction.atomic():
        # The person's key row is the lock: two writers cannot take the same number.
        DataKey.objects.select_for_update().filter(person_id=person_id).first()
        last = AccessRecord.objects.about(person_id).last()
        line = AccessRecord(
            person_id=person_id,
            number=last.number + 1 if last else 1,
            actor_id=by,
            action=action,
            category=category,
            at=timezone.now(),
            previous_hash=last.row_hash if last else "",
        )
        line.row_hash = chain_hash(line)
        line.save(force_insert=True)
    return line


def chain_hash(line: AccessRecord) -> str:
    """SHA-256 over the previous hash and the line's own values."""
    parts = (line.previous_hash, line.person_id, line.number, line.actor_id, line.action, line.category)
    text = "|".join([*map(str, parts), line.at.isoformat()])
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold."""

    person_id: uuid.UUID
    number: int


def broken_links() -> list[Break]:
    """Lines whose hash, number or link to the one before is wrong; empty is good."""
    breaks, previous = [], None
    for line in AccessRecord.objects.order_by("person_id", "number").iterator():
        if previous is None or previous.person_id != line.person_id:
            expected_number, expected_hash = 1, ""
        else:
            expected_number, expected_hash = previous.number + 1, previous.row_hash
        sound = line.row_hash == chain_hash(line)
        if not sound or (line.number, line.previous_hash) != (expected_number, expected_hash):
            breaks.append(Break(line.person_id, line.number))
        previous = line
    return breaks
