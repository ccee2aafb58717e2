"""Early pytest plugin: settings are read before conftest.py, so the environment is made here."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each worker has a folder of its own: the page cache and the library's stamp are files, and one test would empty another's.
var = Path(os.environ.get("VAR_DIR") or ROOT / "var" / "test") / os.environ.get("PYTEST_XDIST_WORKER", "")
os.environ["VAR_DIR"] = str(var)
os.environ.setdefault("TESTING", "1")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("EMAIL_URL", "memorymail://")

from recovery_site.first_run import make_secrets  # noqa: E402 - reads VAR_DIR when imported

make_secrets(var / "secrets")
(var / "static").mkdir(exist_ok=True)
