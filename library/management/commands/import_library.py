"""Take in a file that `export_library` wrote: all of it or nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.portable.reading import Refused, take_in
from library.shelf import touch_stamp


class Command(BaseCommand):
    """May be run as often as you like. What needs two approvals arrives as a draft."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args, file: Path, dry_run: bool = False, **options) -> None:
        try:
            tally = take_in(self._read(file), dry_run=dry_run)
        except Refused as refused:
            raise CommandError(f"{file} was not taken in, and nothing was changed:\n{refused}") from refused
        for word, names in (("new", tally.new), ("changed", tally.changed)):
            for name in names:
                self.stdout.write(f"{word}: {name}")
        self.stdout.write(f"{'dry run, nothing was changed: ' if dry_run else ''}{tally}")
        if not dry_run:
            touch_stamp()

    def _read(self, file: Path) -> Any:
        try:
            text = file.read_text(encoding="utf-8")
            if "\\u0000" in text:
                raise ValueError
            return json.loads(text)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{file} is not a JSON file.") from error
