"""Write the whole library, without anything about anybody, into one JSON file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from library.portable.writing import document


class Command(BaseCommand):
    """Vocabulary, help lines, sources and pages, by slug and code; `import_library` reads it."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options) -> None:
        text = json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from error
        self.stdout.write(f"library written to {file}")
