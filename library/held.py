"""A value kept in the process until the library changes: no query while it is warm.

It is made again when an editor publishes (the stamp file changes), and after a minute in any case: that is how a second
host hears of a change.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings

KEEP_SECONDS = 60
T = TypeVar("T")
_all: list["Held"] = []


class Held(Generic[T]):
    """One such value, made by `load`."""

    def __init__(self, load: Callable[[], T]):
        self._load = load
        self._lock = threading.Lock()
        self._value: T | None = None
        self._stamp = self._until = 0.0
        _all.append(self)

    def __call__(self) -> T:
        """The value now."""
        stamp, value = _stamp(), self._value
        if value is not None and stamp == self._stamp and time.monotonic() < self._until:
            return value
        with self._lock:
            fresh = self._load()
            self._value, self._stamp, self._until = fresh, stamp, time.monotonic() + KEEP_SECONDS
        return fresh

    def forget(self) -> None:
        """Make it again at the next question."""
        self._value = None


def forget_all() -> None:
    """Make everything again at the next question."""
    for held in _all:
        held.forget()


def touch() -> None:
    """Tell every process that the library changed."""
    path = Path(settings.LIBRARY_STAMP)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(time.time_ns()))
    forget_all()


def _stamp() -> float:
    try:
        return Path(settings.LIBRARY_STAMP).stat().st_mtime_ns
    except FileNotFoundError:
        return 0.0
