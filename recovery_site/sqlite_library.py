"""Put a safe SQLite library in place of the system's before Django imports it.

SQLite 3.7.0-3.51.2 can corrupt a database in WAL mode with several connections (the "WAL-reset" bug,
https://sqlite.org/wal.html#walresetbug); it is fixed in 3.51.3, 3.50.7 and 3.44.6.
"""

import sys

import pysqlite3

FIXED = (3, 51, 3)
BACKPORTS = ((3, 50, 7), (3, 44, 6))


def is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite version is free of the WAL-reset bug."""
    same_line = any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)
    return version >= FIXED or same_line


def install() -> None:
    """Make `import sqlite3` mean the bundled library; raises RuntimeError when that one is affected too."""
    if not is_safe(pysqlite3.sqlite_version_info):
        raise RuntimeError(f"SQLite {pysqlite3.sqlite_version} has the WAL-reset bug: install a newer pysqlite3.")
    sys.modules["sqlite3"] = pysqlite3
