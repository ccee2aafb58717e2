"""Row identifiers."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): sorts by time of making, and a phone without signal can make its own."""
    return uuid_utils.compat.uuid7()


def parse_id(text: object) -> uuid.UUID | None:
    """The UUID in `text`, or None when it holds none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
