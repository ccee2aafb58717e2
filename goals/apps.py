"""App configuration."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """See the package's first line."""

    name = "goals"
