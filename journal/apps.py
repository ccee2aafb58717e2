"""App configuration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the package's first line."""

    name = "journal"
