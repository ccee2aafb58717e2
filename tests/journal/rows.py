"""A moment that rows in tests share."""

from datetime import UTC, datetime

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)
