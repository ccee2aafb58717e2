"""App configuration."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """See the package's first line."""

    name = "reading"
