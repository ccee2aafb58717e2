"""The suite. `make test` runs it on SQLite and on PostgreSQL; `pytest` alone runs it on SQLite."""
