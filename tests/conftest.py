"""The cast, and the ways in. `person` owns rows; `stranger` must never see them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from accounts.actions import open_account
from accounts.grants import Grant
from accounts.models import Person
from library import shelf

PASS_PHRASE = "quiet river lamp seven"


@dataclass
class Ask:
    """What `Grant.own` needs of a request."""

    user: Any


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Migrate once, then load the starter library once; tests see it and roll back only their own rows."""
    with django_db_blocker.unblock():
        call_command("load_starter_library", verbosity=0)


@pytest.fixture(autouse=True)
def fresh_caches(request):
    """No rate limit, page or shelf is carried from one test into the next."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        caches["default"].clear()
    caches["pages"].clear()
    shelf.forget()
    yield
    shelf.forget()


def make_person(username: str, **values) -> Person:
    """A person who finished the first pages."""
    settled = {"tz": "America/New_York", "onboarded_at": datetime(2026, 1, 2, tzinfo=UTC), "country": "US"} | values
    person = Person(username=username, **settled)
    person.set_password(PASS_PHRASE)
    return open_account(person)


@pytest.fixture
def person(db) -> Person:
    """Owns the rows of a test."""
    return make_person("river")


@pytest.fixture
def stranger(db) -> Person:
    """Has an account and rows of their own; must never see anybody else's."""
    return make_person("meadow", tz="Europe/Berlin")


@pytest.fixture
def client_of():
    """A signed-in client for a person."""

    def make(somebody: Person) -> Client:
        client = Client()
        client.force_login(somebody, backend="accounts.backends.PersonBackend")
        return client

    return make


@pytest.fixture
def mine(person, client_of) -> Client:
    """The person's own client."""
    return client_of(person)


@pytest.fixture
def grant_of():
    """A person's own grant."""

    def make(somebody: Person) -> Grant:
        return Grant.own(Ask(Person.objects.select_related("data_key").get(pk=somebody.pk)))

    return make


@pytest.fixture
def grant(person, grant_of) -> Grant:
    """The person's own grant."""
    return grant_of(person)
