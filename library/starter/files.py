"""Reading the starter texts."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
Record = dict[str, Any]


@cache
def records(name: str, key: str) -> tuple[Record, ...]:
    """The records of one file, in its order."""
    return tuple(tomllib.loads((FOLDER / f"{name}.toml").read_text())[key])


@cache
def pages() -> tuple[Record, ...]:
    """The pages that are written whole, by code."""
    return tuple(tomllib.loads(path.read_text()) for path in sorted((FOLDER / "pages").glob("p*.toml")))


def print_of(record: Any) -> str:
    """A hash that changes when a text does."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, default=str).encode()).hexdigest()
