"""Check the hash chains of the access record."""

from django.core.management.base import BaseCommand, CommandError

from accounts.records import broken_links


class Command(BaseCommand):
    """Ends with an error when a line was changed, removed or put in."""

    help = __doc__

    def handle(self, *args, **options) -> None:
        breaks = broken_links()
        for found in breaks:
            self.stderr.write(f"person {found.person_id}: line {found.number} does not fit the one before")
        if breaks:
            raise CommandError(f"{len(breaks)} breaks in the access record")
        self.stdout.write("The access record is whole.")
