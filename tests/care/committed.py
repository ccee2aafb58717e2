"""Rows that are stored for good, for tests with several connections; taken away again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from accounts.models import AccessRecord, Person
from care.models import Connection, Membership, Organisation


@contextmanager
def committed(blocker: Any) -> Iterator[None]:
    """Store for good inside; at the end every person and organisation that came in between goes, with all that is theirs.

    For a fixture that stands in for `db`, under that name: then the test's own database is set up, and no other is ever touched.
    """
    with blocker.unblock():
        assert "test" in str(connections["default"].settings_dict["NAME"])
        people, organisations = (set(model.objects.values_list("pk", flat=True)) for model in (Person, Organisation))
        try:
            yield
        finally:
            ours = list(Person.objects.exclude(pk__in=people).values_list("pk", flat=True))
            places = Organisation.objects.exclude(pk__in=organisations)
            Connection.objects.filter(person_id__in=ours).delete()
            Membership.objects.filter(organisation__in=places).delete()
            places.delete()
            Person.objects.filter(pk__in=ours).delete()
            QuerySet(AccessRecord).filter(person_id__in=ours).delete()  # its own query set refuses
            connections.close_all()
