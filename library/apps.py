"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LibraryConfig(AppConfig):
    """Pages, vocabulary and help lines."""

    name = "library"
    default = True

    def ready(self) -> None:
        """Hear when an editor publishes (models are loaded only by now)."""
        import_module("library.serving").listen()


class EditorsConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, narrowed to staff: people who keep a journal are nobody's list."""

    user_viewset = "library.staff.StaffViewSet"
