"""Three accounts to measure: 30 days of logs, a year, and ten years of them (20,000 rows). Run inside the site's settings."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.actions import open_account  # noqa: E402
from accounts.ids import new_id  # noqa: E402
from accounts.models import Person  # noqa: E402
from goals.actions import add_template_goal  # noqa: E402
from goals.models import Goal  # noqa: E402
from recovery_site.demo import diary_of, owner_grant, write_diary  # noqa: E402

SKIPPED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
SIZES = {"30 days": 30, "1 year": 365, "10 years": 3652}


def make(name: str, days: int) -> dict[str, str]:
    """A person with a diary of so many days, one goal, and a session."""
    person = Person(username=name.replace(" ", "-"), tz="America/New_York", onboarded_at=datetime(2026, 1, 2, tzinfo=UTC))
    person.set_unusable_password()
    open_account(person)
    diary = diary_of(person)
    # The same number of logs a day in both, so that only the length differs: 20,000 rows in ten years.
    diary.kept_days, diary.cravings_a_day, diary.entries_a_day = 1.0, 2.6, 1.9
    today = timezone.now().date()
    rows = write_diary(person, diary, today - timedelta(days=days), today - timedelta(days=1), lambda: None)
    grant = owner_grant(person)
    goal = add_template_goal(grant, person, "ride-three-waves", new_id(), timezone.now())
    Goal.objects.for_grant(grant).filter(pk=goal.pk).update(local_day=today - timedelta(days=28))
    client = Client()
    client.force_login(person, backend="accounts.backends.PersonBackend")
    return {"session": client.cookies[settings.SESSION_COOKIE_NAME].value, "goal": str(goal.pk), "rows": rows}


def count_queries(session: str, pages: dict[str, tuple[str, dict | None]]) -> dict[str, int]:
    """How many statements each page costs, without BEGIN, SAVEPOINT and COMMIT."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    counted = {}
    for name, (path, data) in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.post(path, data) if data is not None else client.get(path)
        counted[name] = sum(not query["sql"].startswith(SKIPPED) for query in seen.captured_queries)
    return counted


if __name__ == "__main__":
    if sys.argv[1:] == ["queries"]:
        asked = json.load(sys.stdin)
        sys.stdout.write(json.dumps(count_queries(asked["session"], asked["pages"])))
    else:
        sys.stdout.write(json.dumps({name: make(name, days) for name, days in SIZES.items()}))
