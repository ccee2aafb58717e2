"""Early pytest plugin: settings are read before conftest.py, so the environment is made here."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "test"))
os.environ.setdefault("TESTING", "1")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("EMAIL_URL", "memorymail://")

from recovery_site.first_run import make_secrets  # noqa: E402 - reads VAR_DIR when imported

make_secrets(Path(os.environ["VAR_DIR"]) / "secrets")
(Path(os.environ["VAR_DIR"]) / "static").mkdir(exist_ok=True)
