"""`manage.py check --deploy` against production settings, and proof that production refuses to start half-configured."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "PRODUCTION": "1",
    "ALLOWED_HOSTS": "daybook.example.org",
    "SITE_ADDRESS": "https://daybook.example.org",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SEALING_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
}


def check(environment: dict[str, str]) -> subprocess.CompletedProcess:
    """Run the check with nothing but these variables."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(words, cwd=ROOT, env=kept | environment, capture_output=True, text=True)


def main() -> int:
    """0 when the complete settings pass and each incomplete set is refused."""
    whole = check(COMPLETE)
    print(whole.stdout + whole.stderr, end="")
    failed = whole.returncode != 0
    for name in ("ALLOWED_HOSTS", "SITE_ADDRESS", "SECRET_KEY", "SEALING_KEYS"):
        answer = check({key: value for key, value in COMPLETE.items() if key != name})
        refused = answer.returncode != 0 and name in answer.stderr
        print(f"production without {name}: {'refused' if refused else 'NOT REFUSED'}")
        failed = failed or not refused
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
