"""Something breaks at every single step of the door: the answer is a refusal or an error, never a word of the person's."""

import linecache
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

import accounts.records
from accounts.models import AccessRecord, DataKey, Person
from accounts.records import broken_links
from accounts.sealing import Sealed
from care import access
from care.actions import consents, memberships
from care.models import Connection, Consent, Membership, Organisation
from care.views.door import shared
from journal.models import CheckIn, Entry
from tests.care import fault_urls
from tests.care.conftest import care_client, sign
from tests.care.test_door import put

pytestmark = pytest.mark.urls("tests.care.fault_urls")
ROOT = Path(__file__).resolve().parents[2]
CANARY = "canaryfault"
# Every line of these is a step; of the others, every call.
LINE_BY_LINE = (
    "care/access.py",
    "care/in_force.py",
    "care/opening.py",
    "care/locks.py",
    "care/views/door.py",
    "accounts/records.py",
)
CALL_BY_CALL = (
    "care/scopes.py", "care/texts.py", "care/models/", "accounts/grants.py", "accounts/owned.py", "accounts/sealing.py",
    "accounts/days.py", "journal/querysets.py",
)  # fmt: skip


class Boom(RuntimeError):
    """What breaks. Its text must not come out either."""


@pytest.fixture
def shown(person, grant, connection, consent):
    """A check-in and a shown entry, each with the canary."""
    put(person, grant, CheckIn(mood=3), note=CANARY)
    entry = put(person, grant, Entry(), body=CANARY)
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())


@pytest.fixture
def visitor(counselor, shown):
    client = care_client(counselor.person)
    client.raise_request_exception = False
    return client


@pytest.fixture
def page(connection) -> str:
    return f"/care/p/{connection.pk}/fault/"


def actions_since(person, number: int) -> list[str]:
    return list(AccessRecord.objects.about(person.pk).filter(number__gt=number).values_list("action", flat=True))


def last_number(person) -> int:
    return AccessRecord.objects.about(person.pk).last().number


def absent(client) -> HttpResponse:
    """What an address of nobody answers."""
    return client.get(f"/care/p/{uuid.uuid4()}/fault/")


def refusal(client, address, person) -> None:
    """The page is refused: the 404 of an absent person, told in the record."""
    before = last_number(person)
    answer, nobody = client.get(address), absent(client)
    assert (answer.status_code, answer.content) == (404, nobody.content)
    assert actions_since(person, before) == ["refused"] and broken_links() == []


def refusal_everywhere(client, address, person) -> None:
    """The same, and the list of everybody says nothing of them either."""
    before = last_number(person)
    refusal(client, address, person)
    caseload = client.get("/care/fault/")
    assert CANARY not in caseload.content.decode()
    assert "read" not in actions_since(person, before) and broken_links() == []


# --- every step, counted by the interpreter itself ---


@contextmanager
def breaking(at: int | None, error: type[Exception]) -> Iterator[SimpleNamespace]:
    """Count the steps of the door; raise at step number `at`."""
    told = SimpleNamespace(steps=0, where="")
    lines, calls = ([str(ROOT / name) for name in names] for names in (LINE_BY_LINE, CALL_BY_CALL))

    def step(frame) -> None:
        told.steps += 1
        if told.steps == at:
            told.where = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
            raise error(CANARY)

    def on_line(frame, event, _argument):
        # The interpreter names the line of a `with` once more before it leaves the block: raising there would skip the leaving.
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
        if event == "line" and not line.startswith("with "):
            step(frame)
        return on_line

    def on_call(frame, event, _argument):
        name = frame.f_code.co_filename
        if name in lines:
            return on_line
        if name.startswith(tuple(calls)):
            step(frame)
        return None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        yield told
    finally:
        sys.settrace(before)


@pytest.mark.slow
@pytest.mark.parametrize(("address", "error"), [("one", Boom), ("one", OperationalError), ("many", Boom)])
def test_whatever_breaks_at_whatever_step_is_refused(visitor, person, page, address, error):
    url = page if address == "one" else "/care/fault/"
    for _ in range(2):  # what is kept for later is kept by then
        with breaking(None, error) as sound:
            assert CANARY in visitor.get(url).content.decode()
    not_there = absent(visitor).content
    outcomes: dict[str, int] = {}
    for at in range(1, sound.steps + 1):
        before = last_number(person)
        with breaking(at, error) as told:
            answer = visitor.get(url)
        assert told.where, "that step was not reached"
        body, actions = answer.content.decode(), actions_since(person, before)
        assert answer.status_code in (404, 500, 200), told.where
        if answer.status_code == 200:  # only the list of everybody, with the doubtful one left out, and told
            assert address == "many" and actions == ["refused"], told.where
        if answer.status_code == 404:
            assert answer.content == not_there, told.where
            assert address == "many" or actions == ["refused"], told.where
        assert CANARY not in body, told.where
        outcomes[str(answer.status_code)] = outcomes.get(str(answer.status_code), 0) + 1
    print(address, error.__name__, sound.steps, "steps:", outcomes)
    assert sound.steps > 100 and outcomes.get("404") and broken_links() == []
    assert CANARY in visitor.get(url).content.decode()  # and afterwards it works again


# --- the same by name, so that one can read what is meant ---

STEPS = [
    "hold_for_reading", "over_one", "_entries", "_reading", "is_complete", "spans_for", "_look",
    "Grant", "Reading", "Deed", "_tell", "_decide",
]  # fmt: skip


def raising(*_arguments, **_names):
    raise Boom(CANARY)


@pytest.mark.parametrize("name", STEPS)
def test_each_callee_of_the_decision(visitor, person, page, name, monkeypatch):
    monkeypatch.setattr(access, name, raising)
    refusal(visitor, page, person)


@pytest.mark.parametrize("name", ["_hold", "_last_lines", "_next_line", "chain_hash"])
def test_a_record_that_cannot_be_written_fails_the_request(visitor, person, page, name, monkeypatch):
    before = last_number(person)
    with monkeypatch.context() as patch:
        patch.setattr(accounts.records, name, raising)
        answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode()
    assert actions_since(person, before) == []


def test_a_record_that_cannot_be_stored_fails_the_request(visitor, person, page, monkeypatch):
    before = last_number(person)
    with monkeypatch.context() as patch:
        patch.setattr(type(AccessRecord.objects), "bulk_create", raising)
        answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode() and actions_since(person, before) == []


def test_a_look_that_cannot_be_recorded_is_refused_and_that_is_recorded(visitor, person, page, monkeypatch):
    monkeypatch.setattr(access, "record_all", raising)
    refusal(visitor, page, person)


def test_a_data_key_that_does_not_open(visitor, person, page):
    before = last_number(person)
    DataKey.objects.filter(person=person).update(wrapped=b"nonsense" * 8)
    answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode() and actions_since(person, before) == []


def test_a_clock_that_fails(visitor, person, page, monkeypatch):
    monkeypatch.setattr(access, "timezone", SimpleNamespace(now=raising))
    refusal(visitor, page, person)


def test_a_clock_that_went_back_fails_the_request(visitor, person, page, monkeypatch):
    before, an_hour_ago = last_number(person), timezone.now() - timedelta(hours=1)
    Consent.objects.update(signed_at=an_hour_ago - timedelta(days=1), starts_at=an_hour_ago - timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: an_hour_ago)
    answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode() and actions_since(person, before) == []


# --- consents, people and places that are not in order ---


def change(model, **values):
    return lambda cast: model.objects.filter(pk__in=[one.pk for one in cast if isinstance(one, model)]).update(**values)


def moved(**delta):
    return timezone.now() + timedelta(**delta)


NOT_IN_ORDER = {
    "no consent": lambda cast: Consent.objects.all().delete(),
    "no name": change(Consent, shown_name=Sealed(b"")),
    "no text": change(Consent, signed_text=Sealed(b"")),
    "no hash": change(Consent, text_hash=""),
    "unknown text": change(Consent, text_version="2020-01"),
    "no purpose": change(Consent, purpose=""),
    "unknown purpose": change(Consent, purpose="research"),
    "nothing shared": change(Consent, scopes={}),
    "an unknown category": change(Consent, scopes={"check-ins": "", "dreams": ""}),
    "a category nobody shares": change(Consent, scopes={"check-ins": "", "notes": ""}),
    "what cannot be read as a day": change(Consent, scopes={"check-ins": "soon"}),
    "a number for a day": change(Consent, scopes={"check-ins": 7}),
    "nothing for a day": change(Consent, scopes={"check-ins": None}),
    "a list": change(Consent, scopes=["check-ins"]),
    "a word": change(Consent, scopes="check-ins"),
    "signed tomorrow": lambda cast: change(Consent, signed_at=moved(days=1), starts_at=moved(days=1))(cast),
    "begins in a minute": lambda cast: change(Consent, starts_at=moved(minutes=1))(cast),
    "ended a second ago": lambda cast: change(Consent, ends_at=moved(seconds=-1))(cast),
    "taken back": lambda cast: change(Consent, revoked_at=moved(seconds=0))(cast),
    "taken back by a clock ahead": lambda cast: change(Consent, revoked_at=moved(days=9))(cast),
    "replaced": lambda cast: change(Consent, replaced_at=moved(seconds=0))(cast),
    "of another person": lambda cast: change(Consent, person=Person.objects.get(username="meadow"))(cast),
    "a counselor without a name": change(Membership, shown_name=""),
    "an organisation without a name": change(Organisation, name=""),
    "an organisation that closed": lambda cast: memberships.close(cast[-1], timezone.now()),
    "not verified": change(Membership, verified_at=None),
    "a counselor who left": lambda cast: memberships.leave(cast[-2], timezone.now()),
    "an admin": change(Membership, role="admin"),
    "a membership of nobody": change(Membership, person=None),
    "a person who is switched off": change(Person, is_active=False),
    "no data key": lambda cast: DataKey.objects.filter(person=cast[0]).delete(),
}


@pytest.mark.parametrize("fault", NOT_IN_ORDER)
def test_what_is_not_in_order_opens_nothing(visitor, person, stranger, consent, counselor, organisation, page, fault):
    assert CANARY in visitor.get(page).content.decode()
    NOT_IN_ORDER[fault]([person, consent, counselor, organisation])
    refusal_everywhere(visitor, page, person)


def test_a_counselor_who_is_switched_off_is_nobody(visitor, person, counselor, page):
    before = last_number(person)
    Person.objects.filter(pk=counselor.person_id).update(is_active=False)
    answer = visitor.get(page)
    assert answer.status_code == 302 and CANARY not in answer.content.decode() and actions_since(person, before) == []
    with pytest.raises(Http404), access.read(counselor.person, page.split("/")[3], "fault", []):
        raise AssertionError("the door opened")
    assert actions_since(person, before) == ["refused"]


def test_words_that_belong_somewhere_else_do_not_open(visitor, person, stranger, grant_of, counselor, page):
    other = Connection.objects.create(person=stranger, membership=counselor)
    theirs = sign(grant_of(stranger), stranger, other, {"check-ins": ""}, shown_name="Meadow")
    Consent.objects.filter(person=person).update(shown_name=theirs.shown_name)
    before = last_number(person)
    answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode() and actions_since(person, before) == []


# --- views that go wrong inside ---


def answers_with(made):
    """A view that answers with `made` after it has read."""

    @shared("fault", *fault_urls.WANTED)
    def view(request, reading):
        return made(request, fault_urls.words_of(reading))

    return view


def raises(error):
    def made(_request, words):
        raise error(words)

    return made


INSIDE = {
    "an error": raises(Boom),
    "a database error": raises(OperationalError),
    "a lazy template": lambda request, words: TemplateResponse(request, "404.html", {"words": words}),
    "a stream": lambda request, words: StreamingHttpResponse(iter([words])),
    "a file": lambda request, words: FileResponse(BytesIO(words.encode())),
    "nothing": lambda request, words: None,
}


@pytest.mark.parametrize("what", INSIDE)
def test_a_view_that_goes_wrong_fails_whole(visitor, person, page, what, monkeypatch):
    before = last_number(person)
    monkeypatch.setattr(fault_urls.urlpatterns[0], "callback", answers_with(INSIDE[what]))
    answer = visitor.get(page)
    assert answer.status_code == 500 and CANARY not in answer.content.decode()
    assert actions_since(person, before) == []


@pytest.mark.parametrize("error", [Http404, access.Refused])
def test_a_view_that_finds_nothing_is_a_refusal(visitor, person, page, error, monkeypatch):
    monkeypatch.setattr(fault_urls.urlpatterns[0], "callback", answers_with(raises(error)))
    refusal(visitor, page, person)


def test_a_view_that_denies_shows_nothing(visitor, person, page, monkeypatch):
    monkeypatch.setattr(fault_urls.urlpatterns[0], "callback", answers_with(raises(PermissionDenied)))
    answer = visitor.get(page)
    assert answer.status_code == 403 and CANARY not in answer.content.decode()
