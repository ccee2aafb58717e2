"""Check the access record: its hash chains, and that every published head still stands."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.heads import faults
from accounts.records import broken_links


class Command(BaseCommand):
    """Ends with an error when a line was changed, removed, put in or moved, or when the heads' file was."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--heads", type=Path, help="a copy of the published heads (default: the site's own file)")

    def handle(self, *args, heads: Path | None = None, **options) -> None:
        if heads is not None and not heads.is_file():
            raise CommandError(f"{heads} is not there")
        breaks = [f"person {found.person_id}: line {found.number} does not fit the one before" for found in broken_links()]
        published, wrong = faults(heads)
        breaks += map(str, wrong)
        for said in breaks:
            self.stderr.write(said)
        if breaks:
            raise CommandError(f"{len(breaks)} breaks in the access record")
        borne_out = f"{published} published heads stand." if published else "No head is published yet."
        self.stdout.write(f"The access record is whole. {borne_out}")
