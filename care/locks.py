"""Holding a connection while somebody reads over it, and while what it allows is changed."""

import uuid
from typing import Any, NamedTuple

from django.db import connection as database
from django.db import transaction
from django.db.models import QuerySet

from care.models import Connection, Membership

# What a decision rests on, in the order that writers hold it too. Readers hold it as writers do, and not for share: PostgreSQL
# lets those who share in past one who waits, and a counselor who asks without a pause could keep a person from stopping. Only one
# counselor reads over a connection, so nobody else waits for them. Closing an organisation holds its memberships.
FOR_READING = (
    "SELECT c.id, c.membership_id, c.person_id FROM care_connection c JOIN care_membership m ON m.id = c.membership_id"
    " WHERE {} ORDER BY m.id, c.id FOR NO KEY UPDATE"
)
ONE, ALL_OF = FOR_READING.format("c.id = %s"), FOR_READING.format("m.person_id = %s")


class Held(NamedTuple):
    """A connection that stays as it is: over which membership, and whose."""

    connection_id: uuid.UUID
    membership_id: uuid.UUID
    person_id: uuid.UUID


def hold_for_reading(connection_id: uuid.UUID) -> None:
    """Keep a connection and its counselor's membership as they are until the transaction ends. Who comes first goes first. On
    SQLite the transaction holds the whole file already (IMMEDIATE). Raises RuntimeError outside a transaction.
    """
    _in_transaction()
    if database.vendor == "postgresql":
        _held(ONE, connection_id)


def hold_all_for_reading(reader_id: uuid.UUID) -> list[Held]:
    """The same for every connection of somebody who looks, and what they are. One query."""
    _in_transaction()
    if database.vendor == "postgresql":
        return _held(ALL_OF, reader_id)
    rows = Connection.objects.filter(membership__person_id=reader_id)
    return [Held(*row) for row in rows.values_list("pk", "membership_id", "person_id")]


def _held(statement: str, whose: uuid.UUID) -> list[Held]:
    with database.cursor() as cursor:
        cursor.execute(statement, [whose])
        return [Held(*row) for row in cursor.fetchall()]


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a lock needs a transaction")


def hold_for_change(connection_id: uuid.UUID) -> Connection:
    """Wait until nobody reads over a connection, and let nobody begin. Raises Connection.DoesNotExist."""
    return _for_change().select_related("membership__organisation", "person__data_key").get(pk=connection_id)


def hold_everything_of(person_id: uuid.UUID) -> list[uuid.UUID]:
    """The same for every connection of a person, in the order that readers hold them too; their ids. Before anything else of
    the person is held: whoever reads holds a connection first, and the person's record after it.
    """
    return list(_for_change().filter(person_id=person_id).order_by("membership_id", "pk").values_list("pk", flat=True))


def hold_for_leaving(**members: Any) -> None:
    """Wait until none of these members reads, and let none of them begin."""
    rows = Membership.objects.select_for_update(no_key=True).filter(**members)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _for_change() -> QuerySet[Connection]:
    # NO KEY: a row that only points at the connection, as a message does, is written beside it.
    return Connection.objects.select_for_update(of=("self",), no_key=True)
