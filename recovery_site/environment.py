"""Strict readers for environment variables: nonsense stops the start with a plain message."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}

env = environ.FileAwareEnv()


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable; raises ImproperlyConfigured for anything else."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r}: write 1 or 0.")


def number(name: str, *, default: int, least: int = 0) -> int:
    """A whole number not below `least`; raises ImproperlyConfigured otherwise."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdigit() or int(raw) < least:
        raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number of at least {least}.")
    return int(raw)


def words(name: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def optional_secret(name: str, folder: Path | None) -> str:
    """A secret from NAME, from the file NAME_FILE, or from `folder`/name (first-run secrets); empty when absent."""
    value = env.str(name, default="").strip()
    if not value and folder is not None and (folder / name.lower()).is_file():
        value = (folder / name.lower()).read_text().strip()
    return value


def secret(name: str, folder: Path | None) -> str:
    """As `optional_secret`; raises when absent."""
    value = optional_secret(name, folder)
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: set it, or {name}_FILE, or run `python -m recovery_site.first_run`.")
    return value
