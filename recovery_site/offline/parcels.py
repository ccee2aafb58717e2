"""A log as a phone sends it, read strictly: pure, no database."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import QueryDict

from accounts.ids import parse_id

KINDS = ("check-in", "craving", "use", "entry")
# The last three ways of writing a parcel are read; there has been one so far.
SCHEMAS = (1,)
MOST, LONGEST = 50, 2_000_000
# A phone whose clock is wrong by more than this gets the server's time.
OLDEST = timedelta(days=400)


class Unreadable(ValueError):
    """A parcel that is not one."""


@dataclass(frozen=True)
class Parcel:
    """One sealed log: its id, kind and how it was written."""

    row_id: uuid.UUID
    kind: str
    schema: int
    sealed: str
    key: str

    def bound_to(self, owner: str) -> str:
        """What the seal is bound to."""
        return f"{self.row_id}|{self.kind}|{owner}"


@dataclass(frozen=True)
class Typed:
    """What a person typed, and when by the phone's clock."""

    fields: QueryDict
    at: datetime


def parcels_in(entries: Any) -> list[Parcel]:
    """The parcels of a request; raises Unreadable where any is not one."""
    if not isinstance(entries, list) or len(entries) > MOST:
        raise Unreadable("a list of at most 50 is needed")
    return [_parcel(entry) for entry in entries]


def _parcel(entry: Any) -> Parcel:
    try:
        row_id, kind, schema = parse_id(entry["client_uuid"]), entry["type"], entry["schema_version"]
        sealed, key = entry["sealed"], entry["key"]
    except (KeyError, TypeError) as error:
        raise Unreadable("something is missing") from error
    is_text = isinstance(sealed, str) and isinstance(key, str) and len(sealed) <= LONGEST
    if row_id is None or kind not in KINDS or schema not in SCHEMAS or not is_text:
        raise Unreadable("not a log of ours")
    return Parcel(row_id, kind, schema, sealed, key)


def typed_in(opened: bytes, row_id: uuid.UUID) -> Typed:
    """The form's fields and the moment; raises Unreadable."""
    try:
        content = json.loads(opened)
        fields = QueryDict(mutable=True)
        for name, value in content["fields"]:
            fields.appendlist(str(name), str(value))
        at = datetime.fromisoformat(str(content["at"]).replace("Z", "+00:00"))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("not a form") from error
    fields["id"] = str(row_id)
    return Typed(fields, at if at.tzinfo else at.replace(tzinfo=UTC))


def moment_of(at: datetime, now: datetime) -> datetime:
    """The phone's moment where it can be true; otherwise the server's."""
    return at if now - OLDEST <= at <= now else now
