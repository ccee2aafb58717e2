"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, grants, sealing and the record of what was done."""

    name = "accounts"

    def ready(self) -> None:
        """Let queries say `__among`."""
        import_module("accounts.lookups")
