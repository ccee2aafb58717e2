"""`__among`: one of many ids, given as one value. Writing out a hundred one by one costs more than finding their rows."""

import json
from typing import Any

from django.db.models import ForeignKey, Lookup, UUIDField


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """Rows whose UUID is one of a collection: `= ANY(array)` on PostgreSQL, `IN` the items of a JSON array on SQLite."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQLite stores a UUID as its 32 hex digits."""
        column, values = self.process_lhs(compiler, connection)
        ids = json.dumps([one.hex for one in self.rhs])
        return column + " IN (SELECT value FROM json_each(%s))", [*values, ids]  # noqa: S608 - the column is the ORM's own

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The type is written out, for an empty array has none."""
        column, values = self.process_lhs(compiler, connection)
        return column + " = ANY(%s::uuid[])", [*values, [str(one) for one in self.rhs]]
