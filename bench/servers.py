"""Starting and stopping the servers that are measured: gunicorn, two workers, loopback only."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "--workers",
    "2",
    "--worker-class",
    "sync",
    "--no-control-socket",
    "--log-level",
    "error",
]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def serving(application: str, env: dict[str, str]) -> Iterator[tuple[str, int]]:
    """(address, process id) of a server; it ends with the block."""
    port = free_port()
    process = subprocess.Popen([*GUNICORN, "--bind", f"127.0.0.1:{port}", application], cwd=ROOT, env=env)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def worker_memory(master: int) -> float:
    """Resident megabytes of the largest worker."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if lines.get("PPid", "").strip() == str(master):
            found.append(int(lines["VmRSS"].split()[0]) / 1024)
    return max(found, default=0.0)


def python(*words: str, env: dict[str, str], typed: str = "") -> str:
    """Run one of our modules; returns what it printed."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, input=typed, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def environment(var: Path, database: str | None) -> dict[str, str]:
    """A clean environment for both servers."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = kept | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "recovery_site.settings"}
    return env | ({"DATABASE_URL": database} if database else {})


def prepare_site(env: dict[str, str]) -> None:
    """Secrets, tables, library and static files."""
    python("-m", "recovery_site.first_run", env=env)
    for words in (
        ["migrate", "-v0"],
        ["createcachetable"],
        ["load_starter_library", "-v0"],
        ["collectstatic", "--noinput", "-v0"],
    ):
        python("manage.py", *words, env=env)


def floor_database(address: str, var: Path) -> str:
    """A database of the floor's own on the same PostgreSQL."""
    make = f"import psycopg2; c = psycopg2.connect({address!r}); c.autocommit = True; c.cursor().execute('CREATE DATABASE floor')"
    python("-c", make, env=environment(var, None))
    return address.replace("/postgres?", "/floor?")


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer")
