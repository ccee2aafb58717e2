"""`make run` and `make demo`: prepare what is missing, then serve with gunicorn and the `run_due` loop beside it."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from recovery_site.first_run import VAR_DIR, make_secrets

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def manage(*words: str) -> None:
    """Run a management command; ends the start when it fails."""
    subprocess.run([*MANAGE, *words], check=True, cwd=ROOT)


def static_print() -> str:
    """Changes when the packages or our own static files do."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size}".encode() + path.read_bytes())
    return digest.hexdigest()


def collect_static() -> None:
    """Gather static files when they changed since the last start."""
    stamp, now = VAR_DIR / "static.stamp", static_print()
    if not stamp.is_file() or stamp.read_text() != now:
        manage("collectstatic", "--noinput", "--verbosity", "0")
        stamp.write_text(now)


def prepare(*, demo: bool) -> None:
    """Secrets, tables, cache table, starter library, static files, and on demand the demo people."""
    make_secrets(VAR_DIR / "secrets")
    manage("migrate", "--verbosity", "0")
    manage("createcachetable")
    manage("load_starter_library")
    collect_static()
    if demo:
        manage("seed_demo")


def gunicorn_words() -> list[str]:
    """gunicorn on the loopback address unless HOST says otherwise; no access log (addresses are personal)."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    words = [sys.executable, "-m", "gunicorn", "recovery_site.wsgi", "--no-control-socket", "--bind", f"{host}:{port}"]
    return [
        *words,
        "--workers",
        os.environ.get("WORKERS", "2"),
        "--worker-class",
        "gthread",
        "--threads",
        "4",
    ]


def serve() -> int:
    """Serve until told to stop; the loop ends with the server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    loop = subprocess.Popen([*MANAGE, "run_due", "--loop"], cwd=ROOT)
    server = subprocess.Popen(gunicorn_words(), cwd=ROOT)
    try:
        return server.wait()
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for process in (server, loop):
            process.terminate()
        for process in (server, loop):
            process.wait(timeout=30)


if __name__ == "__main__":
    prepare(demo="--demo" in sys.argv)
    print(f"Daybook is at http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}", flush=True)
    sys.exit(serve())
