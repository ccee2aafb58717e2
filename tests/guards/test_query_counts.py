"""Pages cost the same number of queries with one row and with thirty; the numbers are literal."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.ids import new_id
from goals.actions import add_template_goal
from goals.models import Step
from journal import actions
from journal.models import CheckIn, Craving, Entry
from library.shelf import shelf
from reading.actions import note

SKIPPED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
# Session and person are two of each.
READS = {
    "/today/": 6,
    "/journal/": 6,
    "/history/": 7,
    "/bin/": 12,
    "/goals/": 5,
    "/triggers/argument/": 8,
    "/coping/slow-breathing/": 8,
    "/learn-mine/": 5,
    "/learn-mine/craving/": 6,
    "/insights/": 8,
    "/insights/?p=all": 9,
    "/insights/markers/": 3,
    "/insights/ask/": 5,
    "/insights/ask/?trigger=argument&with=before": 9,
    "/insights/letter/": 5,
    "/history/2026/": 5,
    "/sos/mine/": 5,
    "/plan/": 3,
    "/plan/people/": 3,
    "/reading/": 3,
    "/reading/craving/questions/": 3,
}


def fill(person, grant, times):
    """Rows of every kind, today and in the bin."""
    now = timezone.now() - timedelta(minutes=5)
    for n in range(times):
        for model, words in ((CheckIn(mood=3), {"note": "n"}), (Entry(triggers=["argument"]), {"body": f"text {n}"})):
            actions.save_new(grant, model, person, now, words)
        craving = Craving(intensity=5, triggers=["argument"], strategies=["slow-breathing"])
        actions.save_new(grant, craving, person, now, {"note": ""})
        binned = actions.save_new(grant, Entry(), person, now, {"body": "gone"}).row
        Entry.objects.for_grant(grant).filter(pk=binned.pk).update(deleted_at=now)
    for page in list(shelf().pages.values())[: min(times, 10)]:
        note(grant, person, page.code, "opened", now)
    for slug in list(shelf().templates)[: min(times, 20)]:
        goal = add_template_goal(grant, person, slug, new_id(), now)
        Step.objects.for_grant(grant).filter(goal=goal, position=0).update(deleted_at=now)


def queries(act):
    with CaptureQueriesContext(connection) as seen:
        answer = act()
    return answer, [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(SKIPPED)]


@pytest.mark.parametrize("times", [1, 30])
def test_reading_costs_the_same_with_one_row_and_with_thirty(times, person, grant, mine):
    fill(person, grant, times)
    shelf()
    counted = {path: len(queries(lambda path=path: mine.get(path))[1]) for path in READS}
    assert counted == READS


@pytest.mark.parametrize("times", [0, 30])
def test_logging_costs_at_most_seven(times, person, grant, mine):
    fill(person, grant, times)
    shelf()
    forms = {
        "/log/check-in/": {"mood": "3", "note": "x"},
        "/log/craving/": {"intensity": "5", "triggers": ["argument", "low"], "strategies": ["slow-breathing"], "note": "x"},
        "/journal/new/": {"body": "x", "triggers": ["argument"]},
    }
    counted = {}
    for path, data in forms.items():
        answer, seen = queries(lambda path=path, data=data: mine.post(path, data | {"id": str(uuid.uuid4())}))
        assert answer.status_code == 302
        counted[path] = len(seen)
    assert counted == {"/log/check-in/": 3, "/log/craving/": 5, "/journal/new/": 6}


def test_a_warm_library_page_costs_nothing(client, mine):
    client.get("/learn/craving/")
    for visitor in (client, mine):
        assert queries(lambda visitor=visitor: visitor.get("/learn/craving/"))[1] == []


def test_a_cold_library_page_costs_at_most_three(client, db):
    shelf()
    counted = {
        path: len(queries(lambda path=path: client.get(path))[1]) for path in ("/learn/craving/", "/learn/medicines/", "/learn/")
    }
    assert max(counted.values()) <= 3, counted


def test_sos_costs_nothing_once_the_shelf_is_warm(db, client):
    shelf()
    assert queries(lambda: client.get("/sos/"))[1] == []
