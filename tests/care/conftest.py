"""A counselor, an organisation, and a person who shares: the cast of care."""

import time
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.utils import timezone

from accounts.days import local_day
from accounts.owned import stamp
from accounts.writing import insert_once
from care.actions import consents
from care.actions.consents import DELAY, Wanted
from care.models import Connection, Consent, Membership, Organisation
from care.scopes import SHAREABLE
from tests.conftest import make_person

ALL = {str(one.category): "" for one in SHAREABLE}


def make_counselor(
    username: str, organisation: Organisation, role: str = "counselor", shown_name: str = "Maria Lopez"
) -> Membership:
    """Somebody verified, at work."""
    person = make_person(username)
    return Membership.objects.create(
        organisation=organisation, person=person, role=role, shown_name=shown_name, verified_at=timezone.now()
    )


def client_with(somebody, **record) -> Client:
    """A client whose session says how its owner proved themselves a moment ago, as allauth writes it."""
    client = Client()
    client.force_login(somebody, backend="accounts.backends.PersonBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"at": time.time()} | record]
    session["account_authentication_methods_user"] = str(somebody.pk)
    session.save()
    return client


def care_client(somebody) -> Client:
    """A client that signed in with a second factor a moment ago."""
    return client_with(somebody, method="mfa", type="totp", id=1)


def fresh_client(somebody) -> Client:
    """A client whose owner typed the password a moment ago: signing asks for that."""
    return client_with(somebody, method="password", username=somebody.username, reauthenticated=True)


def wanted(person, scopes=None, days=90, purpose="counseling", shown_name="River") -> Wanted:
    """A decision that ends in so many days."""
    today = local_day(timezone.now(), person.tz, person.day_start)
    return Wanted(ALL if scopes is None else scopes, purpose, today + timedelta(days=days), shown_name)


def sign(grant, person, connection, scopes=None, *, waited=True, **more) -> Consent:
    """Sign; with `waited`, ten minutes ago, so that it is in force."""
    now = timezone.now() - (DELAY + timedelta(seconds=1) if waited else timedelta())
    there = consents.current(connection.pk, now)
    basis = str(there.pk) if there else ""
    return consents.sign(grant, person, connection.pk, wanted(person, scopes, **more), basis, now)


def put(person, grant, row, days_ago=0, **words):
    """Write a row of the person's, and let an hour pass: some kinds are kept back from others for some minutes."""
    row.person_id = person.pk
    stamp(row, person, timezone.now() - timedelta(days=days_ago))
    row.created_at = timezone.now() - timedelta(hours=1)
    return insert_once(grant, row, words).row


@pytest.fixture
def organisation(db) -> Organisation:
    """A clinic under 42 CFR Part 2."""
    return Organisation.objects.create(name="Harbor Clinic", country="US", is_part2=True)


@pytest.fixture
def counselor(organisation) -> Membership:
    """Maria, who works there."""
    return make_counselor("maria", organisation)


@pytest.fixture
def theirs(counselor) -> Client:
    """The counselor's own client, with a second factor."""
    return care_client(counselor.person)


@pytest.fixture
def connection(person, counselor) -> Connection:
    """The person and the counselor know each other; nothing is open yet."""
    return Connection.objects.create(person=person, membership=counselor)


@pytest.fixture
def consent(person, grant, connection) -> Consent:
    """Everything is shared, with history, for 90 days, and in force."""
    return sign(grant, person, connection)
