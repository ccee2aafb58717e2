"""`make test`: the suite on SQLite, on PostgreSQL, and in a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from care import printing
from tests.database import postgres

ROOT = Path(__file__).resolve().parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Path of a Chromium, or an empty string."""
    return os.environ.get("CHROMIUM") or next((path for name in CHROMIUMS if (path := shutil.which(name))), "")


def pytest(title: str, *words: str, **environment: str) -> bool:
    """Run pytest in a process of its own; True when everything passed."""
    print(f"\n=== {title} ===", flush=True)
    env = os.environ | {"TESTING": "1"} | environment
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, env=env).returncode == 0


def missing(what: str, tests: str) -> bool:
    """Say loudly what this machine lacks and which tests therefore did not run; True outside CI, where that is no fault."""
    must = os.environ.get("CI") == "true"
    print(f"\n{'ERROR' if must else 'SKIPPED, LOUDLY'}: no {what} found, so no {tests} ran.", flush=True)
    return not must


def on_both(words: list[str]) -> list[bool]:
    """Everything but the browser tests, on both databases; without the tests of the PDF where nothing can draw one."""
    var = ROOT / "var" / "test"
    shutil.rmtree(var, ignore_errors=True)
    draws = printing.is_offered()
    fine = [] if draws else [missing("Pango (see README)", "test of the PDF")]
    which = "not browser" if draws else "not browser and not pdf"
    fine.append(pytest("SQLite", "-n", "2", "-m", which, *words, VAR_DIR=str(var / "sqlite")))
    with postgres() as address:
        env = {"VAR_DIR": str(var / "postgres"), "DATABASE_URL": address}
        fine.append(pytest("PostgreSQL", "-n", "2", "-m", which, *words, **env))
    return fine


def in_browser(words: list[str]) -> list[bool]:
    """The browser tests on SQLite, and a smoke part on PostgreSQL; an error in CI when there is no browser."""
    path = chromium()
    if not path:
        return [missing("Chromium", "browser test")]
    var = ROOT / "var" / "test" / "browser"
    only = "" if printing.is_offered() else " and not pdf"
    fine = [pytest("Browser, SQLite", "-m", f"browser{only}", *words, CHROMIUM=path, VAR_DIR=str(var / "sqlite"))]
    with postgres() as address:
        env = {"CHROMIUM": path, "VAR_DIR": str(var / "postgres"), "SITE_DATABASE_URL": address}
        fine.append(pytest("Browser smoke, PostgreSQL", "-m", f"browser and smoke{only}", *words, **env))
    return fine


if __name__ == "__main__":
    results = on_both(sys.argv[1:]) + in_browser(sys.argv[1:])
    print(f"\n{'Everything passed.' if all(results) else 'Something failed: see above.'}")
    sys.exit(not all(results))
