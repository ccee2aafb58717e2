"""One sharing from the inside, single entries, and the record in plain words."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from accounts.models import AccessRecord
from care import access
from care.actions import consents
from care.models import Connection, Consent, Membership, Organisation, Review, SharedEntry
from care.scopes import Shareable
from care.texts import day
from journal.models import CheckIn, Entry
from tests.care.conftest import fresh_client, make_counselor, sign
from tests.care.sharing import in_ten_minutes, put, shown, today_of
from tests.conftest import PASS_PHRASE


def detail(client, connection):
    return shown(client.get(f"/sharing/{connection.pk}/"))


def look(counselor, connection, *wanted, page="overview", days=None, action="read"):
    with access.read(counselor.person, connection.pk, page, wanted, action=action) as reading:
        if days:
            reading.looked.over(reading.today - timedelta(days=days), reading.today)


def show(client, entry, connection, go="show", **more):
    return client.post(f"/sharing/entries/{entry.pk}/", {"connection": str(connection.pk), "go": go} | more)


def test_it_shows_what_was_signed_whole(mine, grant, person, connection, consent):
    page = detail(mine, connection)
    assert " ".join(grant.open_one(consent).signed_text.split()) in page
    assert consent.text_hash in page and consent.text_version in page
    for words in ("to prepare and hold our sessions", "River", day(today_of(person) + timedelta(days=90)), "Harbor Clinic"):
        assert words in page


def test_earlier_signings_stay_readable(mine, grant, person, connection, consent):
    later = sign(grant, person, connection, {"check-ins": ""}, waited=False)
    page = detail(mine, connection)
    assert "Signed earlier" in page and consent.text_hash in page and later.text_hash in page
    assert page.index(later.text_hash) < page.index("Signed earlier") < page.index(consent.text_hash)
    consents.stop(person, connection.pk, timezone.now())
    assert page.count("SHA-256") == detail(mine, connection).count("SHA-256") == 2


def test_the_text_promises_no_look_back_on_goals_and_says_what_a_craving_never_tells(mine, grant, connection, consent):
    text = grant.open_one(consent).signed_text
    assert consent.text_version == "2026-11b" and "weekly look back" not in text
    assert "Goals (all of them, earlier ones too): Your goals and their steps.\n" in text
    assert "Never whether it led to a return to use: only “Returns to use” can tell that." in text


def test_what_was_signed_under_a_text_that_named_less_opens_nothing_and_is_decided_anew(mine, counselor, connection, consent):
    Consent.objects.update(text_version="2026-11")
    with pytest.raises(access.Http404):
        look(counselor, connection, "goals")
    import_module("care.migrations.0004_earlier_text").end_what_was_signed_under_it(apps, None)
    page = detail(mine, connection)
    assert "It ended by itself after" in page and "Share again" in page and "Stop showing" not in page


def test_what_was_signed_is_said_in_the_words_that_were_signed(mine, theirs, grant, connection, consent, monkeypatch):
    monkeypatch.setattr(Shareable, "includes", "Words of a later text.", raising=False)
    for page in (detail(mine, connection), shown(theirs.get(f"/care/p/{connection.pk}/report/"))):
        assert "Goals (all of them, earlier ones too): Your goals and their steps." in page and "a later text" not in page


FORGED = "Maria\n- Everything (all of it): All you ever wrote."


@pytest.mark.parametrize("whose", ["the person's", "the counselor's", "the organisation's"])
def test_no_name_writes_a_line_of_its_own_into_what_is_signed(mine, theirs, grant, person, counselor, connection, whose):
    name = FORGED if whose == "the person's" else "River"
    if whose == "the counselor's":
        Membership.objects.filter(pk=counselor.pk).update(shown_name=FORGED)
    elif whose == "the organisation's":
        Organisation.objects.filter(pk=counselor.organisation_id).update(name=FORGED)
    consent = sign(grant, person, connection, {"goals": ""}, shown_name=name)
    lines = grant.open_one(consent).signed_text.splitlines()
    assert [line for line in lines if line.startswith("- ")] == [
        "- Goals (all of them, earlier ones too): Your goals and their steps."
    ]
    assert mine.get(f"/sharing/{connection.pk}/").status_code == theirs.get(f"/care/p/{connection.pk}/report/").status_code == 200


def test_a_text_that_names_something_else_keeps_nobody_from_the_page_that_stops_it(mine, grant, connection, consent):
    grant.seal(consent, shown_name="River", signed_text="I let them see:\n- Something")
    consent.save()
    assert "Stop" in detail(mine, connection)


def test_sessions_held_are_told(mine, connection, consent):
    Review.objects.create(connection=connection, at=None)  # only the day of the first session is set
    assert "Sessions" not in detail(mine, connection)
    Review.objects.create(connection=connection, at=datetime(2026, 11, 12, 15, tzinfo=UTC))
    assert "Your counselor looked through this with you on 12 November 2026, 10:00." in detail(mine, connection)


def test_only_its_own_reads_stand_there(mine, person, grant, organisation, counselor, connection, consent):
    other = Connection.objects.create(person=person, membership=make_counselor("ash", organisation, shown_name="Ash Reed"))
    sign(grant, person, other)
    look(other.membership, other, "cravings")
    assert "They have not looked yet." in detail(mine, connection)
    look(counselor, connection, "goals")
    page = detail(mine, connection)
    assert "Maria Lopez looked at your goals, today" in page and "Ash Reed" not in page
    of = shown(mine.get(f"/sharing/reads/?of={connection.pk}"))
    assert "Maria Lopez looked at your goals" in of and "You let Maria Lopez see" in of and "Ash Reed" not in of


def test_as_they_see_it_follows_the_state(mine, grant, person, connection, consent):
    entry = put(person, grant, CheckIn(mood=2), note="slept badly")
    path = f"/sharing/{connection.pk}/as-they-see/"
    assert "What Maria Lopez sees" in shown(mine.get(path)) and entry
    consents.pause(person, connection.pk, timezone.now())
    assert "It looks as if nothing was written." in shown(mine.get(path)) and "slept badly" not in shown(mine.get(path))
    consents.stop(person, connection.pk, timezone.now())
    assert "Maria Lopez sees nothing of you." in shown(mine.get(path))
    sign(grant, person, connection, waited=False)
    assert "Nothing yet. From" in shown(mine.get(path))


def test_looking_as_they_see_is_no_read_of_theirs(mine, person, connection, consent):
    before = AccessRecord.objects.about(person.pk).count()
    mine.get(f"/sharing/{connection.pk}/as-they-see/")
    assert AccessRecord.objects.about(person.pk).count() == before


def test_showing_an_entry_asks_for_a_password_and_hiding_it_does_not(mine, grant, person, connection, consent):
    entry = put(person, grant, Entry(), title="A walk", body="Along the river.")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked = show(mine, entry, connection)
        assert asked.status_code == 200 and 'type="password"' in asked.content.decode()
        assert "A walk" in shown(asked) and "Maria Lopez can read all of it." in shown(asked) and "Error" not in shown(asked)
        wrong = show(mine, entry, connection, password="wrong")
        assert wrong.status_code == 422 and "This is not your password." in shown(wrong)
        assert not SharedEntry.objects.exists()
        assert show(mine, entry, connection, password=PASS_PHRASE).url == f"/sharing/entries/{entry.pk}/"
        assert SharedEntry.objects.now_shared(connection.pk).count() == 1
        clock.shift(timedelta(minutes=6))  # the password was typed too long ago to show a further one
        assert show(mine, entry, connection).status_code == 200
        assert show(mine, entry, connection, "hide").url == f"/sharing/entries/{entry.pk}/"
        assert not SharedEntry.objects.now_shared(connection.pk).exists()


def test_an_entry_is_shown_and_hidden_from_its_own_page(grant, person, counselor, connection, consent):
    mine = fresh_client(person)
    entry = put(person, grant, Entry(), title="A walk", body="Along the river.")
    assert f"/sharing/entries/{entry.pk}/" in mine.get(f"/journal/{entry.pk}/").content.decode()
    assert "does not see it" in shown(mine.get(f"/sharing/entries/{entry.pk}/"))
    assert show(mine, entry, connection).url == f"/sharing/entries/{entry.pk}/"
    show(mine, entry, connection)  # again is harmless
    assert "sees it now" in shown(mine.get(f"/sharing/entries/{entry.pk}/"))
    assert SharedEntry.objects.now_shared(connection.pk).count() == 1 and "A walk" in detail(mine, connection)
    answer = show(mine, entry, connection, "hide", detail="1")
    assert answer.url == f"/sharing/{connection.pk}/?done=hidden" and "It is shown no longer." in shown(mine.get(answer.url))
    assert "A walk" not in detail(mine, connection) and not SharedEntry.objects.now_shared(connection.pk).exists()


def test_a_pause_and_a_beginning_are_said_at_an_entry(grant, person, connection):
    entry, mine = put(person, grant, Entry(), body="x"), fresh_client(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, waited=False)
        show(mine, entry, connection)
        assert f"sees it from {in_ten_minutes(person)} on" in shown(mine.get(f"/sharing/entries/{entry.pk}/"))
        clock.shift(timedelta(minutes=10))
        consents.pause(person, connection.pk, timezone.now())
        assert "does not see it now, but when the pause ends" in shown(mine.get(f"/sharing/entries/{entry.pk}/"))


def test_without_a_place_for_entries_it_says_how_to_make_one(mine, grant, person, connection):
    entry = put(person, grant, Entry(), body="x")
    path = f"/sharing/entries/{entry.pk}/"
    assert "You share nothing with anybody." in shown(mine.get(path))
    sign(grant, person, connection, {"check-ins": ""})
    page = mine.get(path)
    assert "None of your sharings has a place for journal entries." in shown(page) and "change the sharing" in shown(page)
    assert f"/sharing/{connection.pk}/decide/" in page.content.decode()
    refused = show(mine, entry, connection)
    assert "Nothing was shown." in shown(mine.get(refused.url)) and not SharedEntry.objects.exists()


def test_other_peoples_entries_and_connections_are_not_there(
    mine, grant_of, stranger, client_of, person, grant, connection, consent
):
    theirs = put(stranger, grant_of(stranger), Entry(), body="theirs")
    own = put(person, grant, Entry(), body="mine")
    assert mine.get(f"/sharing/entries/{theirs.pk}/").status_code == show(mine, theirs, connection).status_code == 404
    for go in ("show", "hide"):
        assert show(client_of(stranger), theirs, connection, go).status_code == 404
        assert client_of(stranger).post(f"/sharing/entries/{own.pk}/", {"connection": "nonsense", "go": go}).status_code == 404
    assert not SharedEntry.objects.exists()


def test_an_entry_in_the_bin_is_not_offered(mine, grant, person, connection, consent):
    entry = put(person, grant, Entry(), body="x")
    mine.post(f"/log/entry/{entry.pk}/remove/")
    assert "/sharing/entries/" not in mine.get(f"/journal/{entry.pk}/").content.decode()
    assert mine.get(f"/sharing/entries/{entry.pk}/").status_code == 404


def test_every_line_of_the_record_stands_there_newest_first_fifty_a_page(mine, person, grant, counselor, connection, consent):
    for _ in range(60):
        look(counselor, connection, "goals")
    first, second = (mine.get(f"/sharing/reads/?page={number}") for number in (1, 2))
    total = AccessRecord.objects.about(person.pk).count()
    rows = [answer.content.decode().count('<li class="row">') for answer in (first, second)]
    assert rows == [50, total - 50] and "Older" in shown(first) and "Newer" in shown(second) and "Older" not in shown(second)
    assert shown(first).count("Maria Lopez looked at your goals") == 50
    assert shown(second).index("You let Maria Lopez see") < shown(second).index("You opened your account")
    for odd in ("0", "-1", "x", "9" * 30, "²"):
        assert mine.get("/sharing/reads/", {"page": odd}).status_code == 200


def test_the_record_costs_the_same_with_one_line_and_with_fifty(
    mine, grant, person, counselor, connection, consent, django_assert_num_queries
):
    look(counselor, connection, "goals")
    with pytest.raises(access.Http404):
        look(make_counselor("ash", counselor.organisation), connection, "goals")
    with django_assert_num_queries(5):
        mine.get("/sharing/reads/")
    for _ in range(50):
        look(counselor, connection, "goals")
        with pytest.raises(access.Http404):
            look(make_counselor(f"ash{timezone.now().timestamp()}", counselor.organisation), connection, "goals")
    with django_assert_num_queries(5):
        mine.get("/sharing/reads/")


def test_a_counselor_whose_account_is_gone_is_still_named(mine, person, counselor, connection, consent):
    look(counselor, connection, "cravings", days=7)
    somebody = counselor.person
    mine_of_theirs = type(counselor).objects.get()
    assert mine_of_theirs.person_id == somebody.pk
    somebody.delete()
    assert "Maria Lopez looked at your cravings" in shown(mine.get("/sharing/reads/"))
    assert Consent.objects.count() == 1


def test_a_stranger_who_was_refused_is_not_named_and_a_known_counselor_is(
    mine, person, organisation, counselor, connection, consent
):
    with pytest.raises(access.Http404):
        look(make_counselor("ash", organisation, shown_name="Ash Reed"), connection, "goals")
    page = shown(mine.get("/sharing/reads/"))
    assert "Somebody who may not look was refused, today" in page and "Ash Reed" not in page
    consents.stop(person, connection.pk, timezone.now())
    with pytest.raises(access.Http404):
        look(counselor, connection, "goals")
    assert "Maria Lopez wanted to look and was refused, today" in shown(mine.get("/sharing/reads/"))
