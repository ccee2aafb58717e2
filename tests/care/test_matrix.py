"""Every address of sharing and of care, for everybody who may come to it, with GET and with an empty POST. An address or a cell
that is not declared here fails the build.

2 a page (for somebody who is not signed in and sends a form: the sign-in, with the form in tow), 3 sent on (to sign in, or after
it was done), 4 the 404 of an absent person, 5 not with this method, 6 the form again with what is missing, 9 it changed meanwhile.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils import timezone

from care.actions import consents, memberships
from care.models import (
    AgendaLine,
    CaseNote,
    Connection,
    Consent,
    FlagMark,
    Membership,
    Message,
    Organisation,
    Proposal,
    Report,
    Review,
    Statement,
)
from care.scopes import SHAREABLE
from goals.models import Goal
from journal.models import CheckIn, Craving, Entry, Lapse, Marker, PlanLine
from tests.care.cast import grant_of
from tests.care.conftest import care_client, fresh_client, make_counselor, sign
from tests.care.test_door import put
from tests.conftest import make_person
from tests.guards.test_access_matrix import patterns

ALONE = [str(one.category) for one in SHAREABLE]
# Who gets the same everywhere, by name, in the order of the columns.
GROUPS = {
    "anonymous": ["anonymous"],
    "owner": ["owner"],
    "no counselor": ["other person", "editor", "superuser"],
    "days": ["everything", "check-ins", "cravings", "lapses", "paused"],
    "rest": ["goals", "plan", "insights", "entries"],
    "without": ["no consent", "not begun", "expired", "revoked"],
    "left": ["left"],
    "elsewhere": ["other organisation"],
    "supervisor": ["supervisor"],
    "admin": ["organisation admin"],
}
ACTORS = [actor for actors in GROUPS.values() for actor in actors]
READERS = [*GROUPS["days"], *GROUPS["rest"]]
# columns:         anonymous owner no-counselor days rest without left elsewhere supervisor admin
DOOR, DOOR_FORM = "3 4 4 2 2 4 4 4 4 4", "2 4 4 6 6 4 4 4 4 4"
DOOR_AGAIN, DOOR_DONE = "2 4 4 2 2 4 4 4 4 4", "2 4 4 3 3 4 4 4 4 4"
OWN, OWN_FORM = "3 2 4 4 4 4 4 4 4 4", "2 6 4 4 4 4 4 4 4 4"
OWN_AGAIN, OWN_DONE = "2 2 4 4 4 4 4 4 4 4", "2 3 4 4 4 4 4 4 4 4"
EACH, EACH_FORM, EACH_AGAIN = "3 2 2 2 2 2 2 2 2 2", "2 6 6 6 6 6 6 6 6 6", "2 2 2 2 2 2 2 2 2 2"
NO_GET, NO_POST = "3 5 5 5 5 5 5 5 5 5", "2 5 5 5 5 5 5 5 5 5"
COUNSELOR, AT_WORK = "3 4 4 2 2 2 4 2 2 4", "3 4 4 2 2 2 4 2 2 2"
# Own notes stay with who wrote them, also after leaving.
AUTHOR, AUTHOR_FORM, AUTHOR_DONE = "3 4 4 2 2 2 2 4 4 4", "2 4 4 6 6 6 6 4 4 4", "2 4 4 3 3 3 3 4 4 4"
ADMIN, ADMIN_FORM = "3 4 4 4 4 4 4 4 4 2", "2 4 4 4 4 4 4 4 4 6"
ADMIN_AGAIN, ADMIN_DONE = "2 4 4 4 4 4 4 4 4 2", "2 4 4 4 4 4 4 4 4 3"

PERSON = "care/p/<uuid:connection_id>"
SHARING = "sharing/<uuid:connection_id>"
ORGANISATION = "care/organisation/<uuid:organisation_id>"
MEMBER = "care/organisation/members/<uuid:membership_id>"
CELLS: dict[str, tuple[str, str]] = {
    # over a connection: only with a consent in force, whatever it opens
    f"{PERSON}/": (DOOR, NO_POST),
    f"{PERSON}/session/": (DOOR, NO_POST),
    f"{PERSON}/reviewed/": (NO_GET, DOOR_DONE),
    f"{PERSON}/timeline/": (DOOR, NO_POST),
    f"{PERSON}/flags/": (NO_GET, DOOR_FORM),
    f"{PERSON}/messages/": (DOOR, DOOR_FORM),
    f"{PERSON}/calls/<uuid:message_id>/answered/": (NO_GET, DOOR_DONE),
    f"{PERSON}/goals/": (DOOR, DOOR_AGAIN),
    f"{PERSON}/propose/": (DOOR, DOOR_AGAIN),
    f"{PERSON}/proposals/<uuid:proposal_id>/back/": (NO_GET, DOOR_DONE),
    f"{PERSON}/comment/": ("3 4 4 2 4 4 4 4 4 4", DOOR_FORM),  # asked for a day: only where days are shared
    f"{PERSON}/notes/": (DOOR, DOOR_FORM),
    f"{PERSON}/report/": (DOOR, DOOR_AGAIN),
    f"{PERSON}/report/pdf/": (NO_GET, DOOR_DONE),
    f"{PERSON}/report/<uuid:report_id>/": (DOOR, NO_POST),
    f"{PERSON}/report/<uuid:report_id>/file/": (DOOR, NO_POST),
    # a counselor's own
    "care/": (AT_WORK, NO_POST),
    "care/inbox/": (COUNSELOR, NO_POST),
    "care/invite/": (COUNSELOR, "2 4 4 6 6 6 4 6 6 4"),
    "care/notes/": ("3 4 4 2 2 2 2 2 2 4", NO_POST),
    "care/notes/<uuid:note_id>/edit/": (AUTHOR, AUTHOR_FORM),
    "care/notes/<uuid:note_id>/<slug:act>/": (NO_GET, AUTHOR_DONE),
    "care/join/": (EACH, EACH_FORM),
    # an organisation's
    "care/organisation/": (ADMIN, ADMIN_AGAIN),
    f"{ORGANISATION}/reply-time/": (NO_GET, ADMIN_FORM),
    f"{ORGANISATION}/code/": (NO_GET, ADMIN_AGAIN),
    f"{MEMBER}/verify/": (NO_GET, ADMIN_DONE),
    f"{MEMBER}/let-go/": (ADMIN, ADMIN_DONE),
    # a person's: everybody has a page of their own, and nobody another's
    "sharing/": (EACH, EACH_AGAIN),
    "sharing/reads/": (EACH, EACH_AGAIN),
    "sharing/code/": (EACH, EACH_FORM),
    "sharing/code/<str:code>/": (EACH, NO_POST),
    "sharing/about/<slug:about>/<slug:what>/": (EACH, NO_POST),
    "sharing/agenda/": (EACH, EACH_FORM),
    "sharing/agenda/entry/<uuid:entry_id>/": (OWN, OWN_FORM),
    "sharing/agenda/<uuid:line_id>/edit/": (OWN, OWN_FORM),
    "sharing/agenda/<uuid:line_id>/<slug:act>/": (NO_GET, OWN_DONE),
    "sharing/messages/<uuid:message_id>/<slug:act>/": (NO_GET, OWN_DONE),
    "sharing/statements/<uuid:statement_id>/<slug:act>/": (NO_GET, OWN_DONE),
    "sharing/proposals/<uuid:proposal_id>/": (OWN, OWN_FORM),
    "sharing/entries/<uuid:entry_id>/": (OWN, "2 4 4 4 4 4 4 4 4 4"),  # nobody was chosen to show it to
    f"{SHARING}/": (OWN, OWN_AGAIN),
    f"{SHARING}/decide/": (OWN, "2 9 4 4 4 4 4 4 4 4"),
    f"{SHARING}/as-they-see/": (OWN, NO_POST),
    f"{SHARING}/go-on/": (OWN, OWN_DONE),
    f"{SHARING}/messages/": (OWN, OWN_FORM),
    f"{SHARING}/statement/": (OWN, OWN_DONE),  # an empty box removes nothing that was not seen
    f"{SHARING}/without/<slug:category>/": (NO_GET, OWN_DONE),
    f"{SHARING}/<slug:act>/": (NO_GET, OWN_DONE),
}


def routes() -> set[str]:
    return {route for route in patterns() if route.startswith(("care/", "sharing/"))}


def test_every_address_and_every_cell_is_declared():
    assert routes() == set(CELLS)
    assert {route: cells for route, cells in CELLS.items() if [len(row.split()) for row in cells] != [len(GROUPS)] * 2} == {}


@dataclass
class Stage:
    """The person, the counselor, and a row of everything that an address can name."""

    person: Any
    grant: Any
    organisation: Organisation
    work: Membership
    connection: Connection
    rows: dict[str, Any]


@pytest.fixture
def stage(person, grant, organisation, counselor, connection) -> Stage:
    waiting = make_counselor("newcomer", organisation)
    Membership.objects.filter(pk=waiting.pk).update(verified_at=None)
    rows = {
        "entry": put(person, grant, Entry(), body="shown"),
        "line": put(person, grant, AgendaLine(connection=connection), text="the week"),
        "message": put(person, grant, Message(connection=connection, kind="call", from_counselor=False), text="call me"),
        "statement": put(person, grant, Statement(connection=connection), text="in my words"),
        "proposal": put(person, grant, Proposal(connection=connection, kind="goal"), title="walk", why="it helped"),
        "membership": waiting,
    }
    return Stage(person, grant, organisation, counselor, connection, rows)


def share(stage: Stage, scopes=None, *, waited=True) -> Consent:
    return sign(stage.grant, stage.person, stage.connection, scopes, waited=waited)


def no_consent(stage: Stage) -> None:
    """They know each other, and nothing was signed."""


def expired(stage: Stage) -> None:
    share(stage)
    then = timezone.now() - timedelta(days=9)
    Consent.objects.update(signed_at=then, starts_at=then, ends_at=timezone.now() - timedelta(seconds=1))


def revoked(stage: Stage) -> None:
    share(stage)
    consents.stop(stage.person, stage.connection.pk, timezone.now())


def paused(stage: Stage) -> None:
    share(stage)
    consents.pause(stage.person, stage.connection.pk, timezone.now())


def left(stage: Stage) -> None:
    share(stage)
    memberships.leave(stage.work, timezone.now())


STATES = {
    "no consent": no_consent,
    "not begun": lambda stage: share(stage, waited=False),
    "expired": expired,
    "revoked": revoked,
    "paused": paused,
    "left": left,
} | {name: lambda stage, name=name: share(stage, {name: ""}) for name in ALONE}


def visitor(stage: Stage, actor: str) -> Client:
    """Put everything into the state that goes with the actor, and sign in as them."""
    STATES.get(actor, share)(stage)
    if "entries" in str(Consent.objects.values_list("scopes", flat=True)):
        consents.show_entry(stage.grant, stage.person, stage.connection.pk, stage.rows["entry"].pk, timezone.now())
    stage.rows["report"] = a_report(stage)
    stage.rows["note"] = a_note(stage)
    makers = {
        "anonymous": Client,
        "owner": lambda: fresh_client(stage.person),
        "other person": lambda: fresh_client(make_person("meadow")),
        "editor": an_editor,
        "superuser": lambda: care_client(make_person("root", is_staff=True, is_superuser=True)),
        "other organisation": lambda: care_client(make_counselor("jo", Organisation.objects.create(name="Cove")).person),
        "supervisor": lambda: care_client(make_counselor("sam", stage.organisation, "supervisor").person),
        "organisation admin": lambda: care_client(make_counselor("ann", stage.organisation, "admin").person),
    }
    return makers.get(actor, lambda: care_client(stage.work.person))()


def an_editor() -> Client:
    editor = make_person("editor")
    editor.groups.add(Group.objects.get(name="Editors"))
    return care_client(editor)


def a_report(stage: Stage) -> Report:
    """One that is made, and that rests on the consent of now."""
    now, last = timezone.now(), Consent.objects.order_by("-signed_at").first()
    report = Report(connection=stage.connection, person=stage.person, author=stage.work.person, consent=last)
    report.first_day = report.last_day = now.date()
    report.finished_at, report.expires_at = now, now + timedelta(minutes=30)
    stage.grant.seal(report, content="cGRm")
    report.save(force_insert=True)
    return report


def a_note(stage: Stage) -> CaseNote:
    author = stage.work.person
    return put(author, grant_of(author), CaseNote(connection=stage.connection), text="mine")


def address(route: str, stage: Stage, *, is_absent: bool = False) -> str:
    """A real address, or the same one of somebody who is not there."""
    ids = {name: uuid.uuid4() if is_absent else row.pk for name, row in stage.rows.items()}
    connection_id = uuid.uuid4() if is_absent else stage.connection.pk
    act = (
        "remove"
        if "notes" in route or "statements" in route
        else "tick"
        if "agenda" in route
        else "take-back"
        if "messages" in route
        else "pause"
    )
    values = {
        "<uuid:connection_id>": connection_id,
        "<uuid:entry_id>": ids["entry"],
        "<uuid:line_id>": ids["line"],
        "<uuid:message_id>": ids["message"],
        "<uuid:statement_id>": ids["statement"],
        "<uuid:proposal_id>": ids["proposal"],
        "<uuid:report_id>": ids["report"],
        "<uuid:note_id>": ids["note"],
        "<uuid:membership_id>": ids["membership"],
        "<uuid:organisation_id>": uuid.uuid4() if is_absent else stage.organisation.pk,
        "<slug:category>": "goals",
        "<slug:about>": "entry",
        "<slug:what>": ids["entry"],
        "<str:code>": "ABCD",
        "<slug:act>": act,
    }
    for name, value in values.items():
        route = route.replace(name, str(value))
    return "/" + route + (f"?about=day&day={A_DAY}" if route.endswith("/comment/") else "")


A_DAY = (timezone.now() - timedelta(days=2)).date().isoformat()
CODES = {200: "2", 302: "3", 404: "4", 405: "5", 422: "6", 409: "9"}


def ask(client: Client, method: str, url: str) -> Any:
    """One request, of which nothing stays."""
    with transaction.atomic():
        answer = client.get(url) if method == "GET" else client.post(url, {})
        transaction.set_rollback(True)
    return answer


@pytest.mark.slow
@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_gets_what_the_table_says(stage, actor):
    client = visitor(stage, actor)
    group = next(number for number, actors in enumerate(GROUPS.values()) if actor in actors)
    wrong = {}
    for route in sorted(routes()):
        for method, row in zip(("GET", "POST"), CELLS.get(route, ("", "")), strict=True):
            answer = ask(client, method, address(route, stage))
            found = CODES.get(answer.status_code, str(answer.status_code))
            if found != (row.split()[group] if row else ""):
                wrong[f"{method} {route}"] = (found, row)
    assert wrong == {}


# --- refused looks like absent, and writes nothing ---

TYPED = {
    "id": "01a00000-0000-7000-8000-000000000001", "text": "typed", "kind": "goal", "title": "typed", "why": "typed",
    "about": "day", "about_day": A_DAY, "rule": "craving-up", "key": "x", "mark": "seen", "comment": "typed", "do": "held",
}  # fmt: skip
WRITTEN = (Message, Proposal, CaseNote, Report, Review, FlagMark)
REFUSED = ["other person", "superuser", *GROUPS["without"], "left", "other organisation", "supervisor", "organisation admin"]


def written_rows() -> list[int]:
    return [model._base_manager.count() for model in WRITTEN]


@pytest.mark.slow
@pytest.mark.parametrize("actor", REFUSED)
def test_refused_looks_exactly_like_absent_and_writes_nothing(stage, actor):
    client, before = visitor(stage, actor), None
    for route in (route for route in CELLS if route.startswith(PERSON)):
        there, nowhere = address(route, stage), address(route, stage, is_absent=True)
        answers = [client.get(there), client.get(nowhere), client.post(there, TYPED), client.post(nowhere, TYPED)]
        assert [answer.status_code in (404, 405) for answer in answers] == [True] * 4, route
        assert answers[0].content == answers[1].content, route
        assert without_token(answers[2]) == without_token(answers[3]), route
        before = before or written_rows()
        assert written_rows() == before, route


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


# --- each category alone: its own words and numbers, and of no other ---

# Words that stand in text that a person typed, names that come from what they chose, and numbers.
CANARIES = {
    "check-ins": ["canarycheckin"],
    "cravings": ["canarycraving"],
    "lapses": ["canarylapse"],
    "goals": ["canarygoal", "417"],
    "plan": ["canaryplan", "5550199"],
    "insights": ["canarymarker", "7731"],
    "entries": ["canaryentry"],
}


@pytest.fixture
def written(stage):
    """A month of everything, each with its canary."""
    person, grant = stage.person, stage.grant
    for days_ago in (1, 4, 12, 20):
        put(person, grant, CheckIn(mood=2, craving=7, sleep=1), days_ago, note="canarycheckin")
        put(person, grant, Craving(intensity=8, triggers=["argument"]), days_ago, note="canarycraving")
        put(person, grant, Lapse(), days_ago, note="canarylapse")
    put(
        person, grant, Goal(life_skill="communication", counts_strategy="ride-the-wave", counts_target=417), 5, title="canarygoal"
    )
    put(person, grant, PlanLine(part="people"), 5, text="canaryplan", phone="5550199")
    put(person, grant, Marker(instrument="phq-9", score=7731), 5, label="canarymarker")
    put(person, grant, Marker(), 6, label="canarymarker")
    stage.rows["entry"] = put(person, grant, Entry(), 2, body="canaryentry")


def pages(client: Client, stage: Stage) -> dict[str, str]:
    """Everything that can be looked at with GET, and the list of everybody."""
    found = {}
    for route in CELLS:
        if route.startswith("care/") and CELLS[route][0] in (DOOR, COUNSELOR, AT_WORK):
            found[route] = client.get(address(route, stage)).content.decode()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("category", ALONE)
def test_each_category_alone_shows_its_own_and_of_no_other(stage, written, category):
    client = visitor(stage, category)
    others = {word for name, words in CANARIES.items() if name != category for word in words}
    bodies = pages(client, stage)
    assert {(route, word) for route, body in bodies.items() for word in others if says(body, word)} == set()
    if category != "insights":  # pictures are made of something: see below
        assert [route for route, body in bodies.items() if CANARIES[category][0] in body] != []


@pytest.mark.slow
def test_pictures_take_insights_and_what_they_are_made_of(stage, written):
    for days_ago in range(30):
        put(stage.person, stage.grant, CheckIn(mood=3, craving=days_ago % 9, sleep=2), days_ago)
    STATES["both"] = lambda stage: share(stage, {"insights": "", "check-ins": ""})
    client = visitor(stage, "both")
    bodies = pages(client, stage)
    others = {word for name, words in CANARIES.items() if name not in ("insights", "check-ins") for word in words}
    assert {(route, word) for route, body in bodies.items() for word in others if says(body, word)} == set()
    assert "<svg" in without_icons(bodies[f"{PERSON}/session/"]) and "canarymarker" in bodies[f"{PERSON}/"]
    consents.stop(stage.person, stage.connection.pk, timezone.now())
    share(stage, {"check-ins": ""})
    alone = pages(client, stage).values()
    assert not [body for body in alone if "<svg" in without_icons(body) or "canarymarker" in body]


def says(body: str, word: str) -> bool:
    """Whether a page says it, or holds it in a form; a number only where it stands by itself."""
    return re.search(rf"(?<![0-9a-f]){word}(?![0-9a-f])" if word.isdigit() else word, plain(body)) is not None


def without_icons(body: str) -> str:
    """A page without the drawings of its buttons."""
    return re.sub(r'<svg class="icon".*?</svg>', "", body, flags=re.DOTALL)


@pytest.mark.slow
def test_a_pause_looks_like_somebody_who_wrote_nothing(stage, request):
    client = visitor(stage, "everything")
    consents.hide_entry(stage.person, stage.connection.pk, stage.rows["entry"].pk, timezone.now())
    pages(client, stage)  # what was new to the counselor is read by now
    empty = pages(client, stage)
    request.getfixturevalue("written")
    consents.show_entry(stage.grant, stage.person, stage.connection.pk, stage.rows["entry"].pk, timezone.now())
    full = pages(client, stage)
    consents.pause(stage.person, stage.connection.pk, timezone.now())
    in_a_pause = pages(client, stage)
    assert {route for route in empty if full[route] != in_a_pause[route]} >= {f"{PERSON}/", f"{PERSON}/session/", "care/"}
    # A report that was made before is made again, without what is closed now.
    told_apart = {route for route in empty if plain(empty[route]) != plain(in_a_pause[route])}
    assert {route for route in told_apart if "<uuid:report_id>" not in route} == set()


def plain(body: str) -> str:
    """A page without what is different each time it is asked for."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|data-owner="[^"]*"', "", body)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", body)
