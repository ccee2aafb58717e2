"""The app's name for Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Sharing on the person's terms, and a counselor who is prepared."""

    name = "care"
    default_auto_field = "django.db.models.BigAutoField"
