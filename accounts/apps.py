"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, grants, sealing and the record of what was done."""

    name = "accounts"
