"""Published heads of the access record: proof outside the database of how far each person's chain had come, with what hash.

Whoever holds the database can compute chains anew, but not heads: each line of the file has a keyed hash and names the one
before it. Copies of the file belong on another host (SECURITY.md); `verify_record` holds the record against them.
"""

import fcntl
import hmac
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

from accounts.models import AccessRecord
from accounts.sealing import MasterKey, master_keys

# A line of the record can be stored some time after it was made; so much of the past is looked at again.
OVERLAP = timedelta(minutes=10)
# Where the milliseconds stand in an id (RFC 9562, version 7).
MOMENT_AT = 80
BLOCK, MANY = 65_536, 500
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Head:
    """The newest line of one person's chain: its id, number and hash."""

    line: str
    person: str
    number: int
    hash: str


@dataclass(frozen=True)
class Fault:
    """A line of the file that is not as it was written, or a head (with its person) that the record does not bear out."""

    at: int
    head: Head | None = None

    def __str__(self) -> str:
        if self.head is None:
            return f"published heads: line {self.at} was changed, or does not follow the one before"
        return f"person {self.head.person}: line {self.head.number} is not what was published (line {self.at} of the heads)"


def publish(now: datetime | None = None) -> int:
    """Append what is new since the last time; returns how many heads. Costs what is new, however long record and file are."""
    now = now or timezone.now()
    with _held(Path(settings.RECORD_HEADS)) as file:
        previous, since, known = _end_of(file, now)
        fresh = [head for head in newest(since) if (head.person, head.number) not in known]
        for head in fresh:
            line = {"at": now.isoformat(), **vars(head), "previous": previous}
            previous = line["mac"] = _mac(master_keys()[0], line)
            file.write(json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)


def newest(since: datetime | None) -> Iterable[Head]:
    """Each person's newest line, of those made since a moment (None for ever)."""
    lines = AccessRecord.objects.order_by("person_id", "number")
    if since is not None:
        lines = lines.filter(pk__gte=uuid.UUID(int=int(since.timestamp() * 1000) << MOMENT_AT))
    rows = lines.values_list("pk", "person_id", "number", "row_hash").iterator()
    return {person: Head(str(line), str(person), number, row_hash) for line, person, number, row_hash in rows}.values()


def faults(path: Path | None = None) -> tuple[int, list[Fault]]:
    """How many lines a file of heads has (the site's own unless told), and what is wrong with it or with the record."""
    found: list[Fault] = []
    lines = enumerate(_lines(path or Path(settings.RECORD_HEADS)), start=1)
    previous, count = "", 0
    while part := list(islice(lines, MANY)):
        sound: list[tuple[int, Head]] = []
        for at, line in part:
            head = _head(line) if _is_sound(line, previous) else None
            if head is None:
                found.append(Fault(at))
            else:
                sound.append((at, head))
            previous, count = str(line.get("mac")), at
        found += _not_borne_out(sound)
    return count, sorted(found, key=lambda fault: fault.at)


def _not_borne_out(heads: list[tuple[int, Head]]) -> list[Fault]:
    rows = AccessRecord.objects.filter(pk__in=[head.line for _at, head in heads]).order_by()
    there = {Head(str(pk), str(p), n, h) for pk, p, n, h in rows.values_list("pk", "person_id", "number", "row_hash")}
    return [Fault(at, head) for at, head in heads if head not in there]


def _is_sound(line: dict[str, Any], previous: str) -> bool:
    """Whether one of our keys made this line, and it follows `previous`."""
    said = str(line.get("mac"))
    rest = {name: value for name, value in line.items() if name != "mac"}
    is_ours = any(hmac.compare_digest(said.encode(), _mac(master, rest).encode()) for master in master_keys())
    return is_ours and line.get("previous") == previous


def _head(line: dict[str, Any]) -> Head:
    return Head(line["line"], line["person"], line["number"], line["hash"])


@cache
def _key(master: MasterKey) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"daybook-heads").derive(master.key)


def _mac(master: MasterKey, line: dict[str, Any]) -> str:
    return hmac.digest(_key(master), json.dumps(line, sort_keys=True).encode(), "sha256").hex()


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every line of a file as it can be read; {} for what cannot, or was cut off."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for raw in file:
            yield _read(raw) if raw.endswith(b"\n") else {}


def _read(raw: bytes) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    """The file, for one writer at a time, without a last line that was cut off when the power went."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        cut_off = next(_backwards(file), b"") if not _ends_whole(file) else b""
        file.truncate(size - len(cut_off))
        file.seek(0, os.SEEK_END)
        yield file


def _ends_whole(file: BinaryIO) -> bool:
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read() == b"\n"


def _end_of(file: BinaryIO, now: datetime) -> tuple[str, datetime | None, set[tuple[str, int]]]:
    """The last line's keyed hash, from when on the record is to be looked at, and which heads of that time are published."""
    previous, since, known = "", None, set()
    for raw in _backwards(file):
        line = json.loads(raw)
        at = datetime.fromisoformat(line["at"])
        if since is None:
            previous, since = line["mac"], min(at, now) - OVERLAP
        if at < since:
            break
        known.add((line["person"], line["number"]))
    file.seek(0, os.SEEK_END)
    return previous, since, known


def _backwards(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, the last one first."""
    at, rest = file.seek(0, os.SEEK_END), b""
    while at > 0:
        start = max(0, at - BLOCK)
        file.seek(start)
        rest, *lines = (file.read(at - start) + rest).split(b"\n")
        yield from (line for line in reversed(lines) if line)
        at = start
    if rest:
        yield rest
