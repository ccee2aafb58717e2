"""Wrap every person's data key with the current master key (the first of SEALING_KEYS)."""

from django.core.management.base import BaseCommand

from accounts.actions import rewrap_keys
from accounts.models import DataKey
from accounts.sealing import is_current


class Command(BaseCommand):
    """May be stopped at any time and run again; no text is touched."""

    help = __doc__

    def handle(self, *args, verbosity: int = 1, **options) -> None:
        changed = rewrap_keys()
        behind = sum(not is_current(bytes(wrapped)) for wrapped in DataKey.objects.values_list("wrapped", flat=True))
        if verbosity:
            self.stdout.write(f"{changed} keys wrapped anew, {behind} still behind.")
            self.stdout.write("Older master keys can go." if not behind else "Keep the older master keys and run this again.")
