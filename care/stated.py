"""What a person says in their own words on reports, as it stands now."""

import uuid
from dataclasses import dataclass

from accounts.days import wall_clock
from accounts.grants import Grant
from care.models import Statement
from care.texts import day


@dataclass(frozen=True)
class Stated:
    """The words, and the day on which they were last changed, by the person's clock."""

    text: str
    changed: str


def stated(grant: Grant, connection_id: uuid.UUID, tz: str) -> Stated | None:
    """What stands over a connection, as far as a grant opens it. One query."""
    row = Statement.objects.for_grant(grant).standing(connection_id)
    return Stated(grant.open_one(row).text, day(wall_clock(row.updated_at, tz).date())) if row else None
