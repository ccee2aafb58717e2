"""The made-up clinic: everybody shares something else, the door opens accordingly, and a second start changes nothing."""

from datetime import timedelta

import pytest
from allauth.mfa.utils import is_mfa_enabled
from django.utils import timezone

from accounts.grants import Category
from care import access
from care.models import Connection, Consent, Membership, Message, Proposal
from journal.models import CheckIn, Entry
from recovery_site.demo import owner_grant
from recovery_site.demo_care import open_clinic
from tests.care.conftest import care_client
from tests.care.sharing import put, shown
from tests.conftest import make_person


@pytest.fixture
def cast(db):
    people = {name: make_person(name) for name in ("river", "heron", "maple")}
    for somebody in people.values():
        grant = owner_grant(somebody)
        put(somebody, grant, CheckIn(mood=4), days_ago=30)
        put(somebody, grant, CheckIn(mood=3), days_ago=1)
        put(somebody, grant, Entry(), days_ago=1, body="a day")
    return make_person("counselor-ash"), make_person("counselor-birch"), people


def test_the_clinic_opens_once_and_shows_what_is_shared(cast, client_of):
    ash, birch, people = cast
    codes = open_clinic(ash, birch, people)
    assert set(codes) == {"counselor-ash", "counselor-birch"} and all(len(own) >= 4 for own in codes.values())
    assert is_mfa_enabled(ash) and is_mfa_enabled(birch)
    counted = [model.objects.count() for model in (Connection, Consent, Membership)]
    assert open_clinic(ash, birch, people) == {} and counted == [3, 3, 3]
    assert [model.objects.count() for model in (Connection, Consent, Membership)] == counted
    seen = {}
    for one in Connection.objects.select_related("person"):
        with access.read(ash, one.pk, "overview", list(Category)) as reading:
            rows = CheckIn.objects.for_grant(reading.grant)
            seen[one.person.username] = rows.count(), Entry.objects.for_grant(reading.grant).count(), reading.is_paused
    assert seen == {"river": (1, 0, False), "heron": (2, 1, False), "maple": (0, 0, True)}


def test_what_they_wrote_is_where_it_belongs(cast, client_of):
    ash, birch, people = cast
    open_clinic(ash, birch, people)
    heron, client = owner_grant(people["heron"]), care_client(ash)
    assert Proposal.objects.for_grant(heron).waiting().count() == Proposal.objects.for_grant(heron).answered().count() == 1
    assert {one.kind for one in Message.objects.for_grant(heron)} == {"message", "comment", "call"}
    inbox = shown(client.get("/care/inbox/"))
    assert "asks for a call" in inbox and "1 proposal answered: accepted" in inbox
    today = shown(client_of(people["heron"]).get("/today/"))
    assert "A walk after dinner" in today and "Ash Moreno (demo) wrote to you" in today
    assert shown(care_client(birch).get("/care/organisation/")).count("Birch Lindqvist (demo)") >= 2
    ended = Consent.objects.filter(ends_at__lte=timezone.now() + timedelta(days=59))
    assert not ended.exists()
