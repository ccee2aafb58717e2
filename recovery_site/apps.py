"""The site as an app: what must be set before the first query."""

from django.apps import AppConfig
from django.db.backends.sqlite3.base import DatabaseWrapper

# What SQLite takes since 3.32 (SQLITE_MAX_VARIABLE_NUMBER); Django still counts with the 999 of before. The lines of the access
# record for 300 people are one statement then, not four.
MOST_VALUES = 32_766


class SiteConfig(AppConfig):
    """Settings, addresses, and the pages that join apps."""

    name = "recovery_site"

    def ready(self) -> None:
        """Let one statement take as many values as the library does."""
        DatabaseWrapper.features_class.max_query_params = MOST_VALUES  # type: ignore[assignment, method-assign]
