"""The app's name for Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Reminders."""

    name = "notify"
    default_auto_field = "django.db.models.BigAutoField"
