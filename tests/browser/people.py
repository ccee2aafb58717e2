"""People made for one test, signed in without the sign-in page (that is rate limited), and what the database holds of them."""

import json
import os
import uuid
from dataclasses import dataclass

import psycopg2
import pysqlite3

MAKE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from accounts.models import Person
made = []
for number in range({count}):
    person = Person.objects.create_user("{prefix}-%d" % number, password=None, tz="Europe/London", onboarded_at=timezone.now())
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), "accounts.backends.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    made.append([person.pk.hex, session.session_key, person.username])
print(json.dumps(made))
"""
TABLES = {"check-in": "journal_checkin", "craving": "journal_craving", "use": "journal_lapse", "entry": "journal_entry"}


@dataclass(frozen=True)
class Someone:
    """A made-up person, and the cookie that is signed in as them."""

    pk: str
    key: str
    name: str

    def sign_in(self, site, context):
        context.add_cookies([{"name": "sessionid", "value": self.key, "url": site.address, "httpOnly": True, "sameSite": "Lax"}])


def make_people(site, count):
    """New people, by one command."""
    made = site.manage(code=MAKE.format(count=count, prefix=f"p{uuid.uuid4().hex[:8]}"))
    return [Someone(*row) for row in json.loads(made.strip().splitlines()[-1])]


def query(site, sql):
    """Rows of the site's own database, read from outside."""
    address = os.environ.get("SITE_DATABASE_URL")
    path = site.var / "daybook.sqlite3"
    link = psycopg2.connect(address) if address else pysqlite3.dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    try:
        cursor = link.cursor()
        cursor.execute(sql)
        return cursor.fetchall()
    finally:
        link.close()


def stored(site, kind):
    """(id, person) of every log of a kind, as 32 hex digits each."""
    rows = query(site, f"SELECT id, person_id FROM {TABLES[kind]}")
    return [tuple(str(value).replace("-", "") for value in row) for row in rows]


def logs_of(site, someone):
    """How many logs of each kind a person has."""
    return {kind: sum(owner == someone.pk for _row, owner in stored(site, kind)) for kind in TABLES}
