"""Deciding what is shared: chosen, looked at, signed; nothing lost, nothing opened by accident."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import AccessRecord
from care import access
from care.actions import consents, memberships
from care.models import Consent
from care.overview import WANTED, overview
from care.saying import last_day
from care.texts import day, text_hash
from journal.models import CheckIn, Entry, PlanLine
from tests.care.conftest import care_client, fresh_client, sign
from tests.care.sharing import basis, carried, decide, put, shown, today_of
from tests.conftest import PASS_PHRASE


def page(client, connection):
    return client.get(f"/sharing/{connection.pk}/decide/")


def checked(answer):
    return set(re.findall(r'name="([\w-]+)" value="([^"]*)" id="[^"]*" checked', answer.content.decode()))


def signed(client, connection, **more):
    """Choose, look, sign; as somebody who typed the password a moment ago."""
    return client.post(f"/sharing/{connection.pk}/decide/", carried(decide(client, connection, **more)) | {"go": "sign"})


def in_force(connection):
    return consents.current(connection.pk, timezone.now())


def test_a_new_sharing_begins_with_nothing_chosen_and_ends_in_ninety_days(mine, connection):
    answer = page(mine, connection)
    assert checked(answer) == {("until", "90")}
    assert "What does Maria Lopez see?" in shown(answer) and "At Harbor Clinic" in shown(answer)
    assert "What you leave open is not shared." in shown(answer)


def test_nobody_else_finds_it(connection, stranger, client_of, theirs):
    for client in (client_of(stranger), theirs):
        for path in ("decide/", "", "as-they-see/", "go-on/"):
            assert client.get(f"/sharing/{connection.pk}/{path}").status_code == 404
        assert decide(client, connection).status_code == 404
        for act in ("stop", "pause", "undo", "no", "go-on"):
            assert client.post(f"/sharing/{connection.pk}/{act}/", {"password": PASS_PHRASE}).status_code == 404
    assert client_of(stranger).get(f"/sharing/reads/?of={connection.pk}").status_code == 404


def test_looking_at_it_stores_nothing(mine, connection):
    answer = decide(mine, connection)
    assert answer.status_code == 200 and "This is what Maria Lopez would see" in shown(answer)
    assert "I, River, let Daybook show some of my records to Maria Lopez at Harbor Clinic." in shown(answer)
    assert not Consent.objects.exists()


def test_signing_a_new_one_wants_the_password_and_keeps_what_was_chosen(mine, connection, person):
    look = decide(mine, connection, see_cravings="now", shown_name="Rivière")
    assert 'type="password"' in look.content.decode()
    unsigned = mine.post(f"/sharing/{connection.pk}/decide/", carried(look) | {"go": "sign"})
    assert unsigned.status_code == 422 and "Type your password to go on." in shown(unsigned)
    wrong = mine.post(f"/sharing/{connection.pk}/decide/", carried(unsigned) | {"go": "sign", "password": "not this one"})
    assert wrong.status_code == 422 and "This is not your password." in shown(wrong) and not Consent.objects.exists()
    done = mine.post(f"/sharing/{connection.pk}/decide/", carried(wrong) | {"go": "sign", "password": PASS_PHRASE})
    assert done.url == f"/sharing/{connection.pk}/?done=signed"
    consent = Consent.objects.get()
    assert consent.scopes == {"check-ins": "", "cravings": today_of(person).isoformat()}
    assert "not this one" not in str(mine.session.items()) and "Rivière" not in str(mine.session.items())


def test_after_the_password_the_next_signature_needs_none_for_some_minutes(mine, connection, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mine.post(
            f"/sharing/{connection.pk}/decide/", carried(decide(mine, connection)) | {"go": "sign", "password": PASS_PHRASE}
        )
        assert 'type="password"' not in decide(mine, connection, see_goals="all").content.decode()
        clock.shift(timedelta(minutes=6))
        assert 'type="password"' in decide(mine, connection, see_goals="all").content.decode()


def test_guessing_the_password_is_slowed_down_and_loses_nothing(mine, connection):
    data = carried(decide(mine, connection)) | {"go": "sign", "password": "wrong"}
    answers = [mine.post(f"/sharing/{connection.pk}/decide/", data) for _ in range(11)]
    assert "a few tries too many" in shown(answers[-1]) and carried(answers[-1])["shown_name"] == "River"
    blocked = mine.post(f"/sharing/{connection.pk}/decide/", data | {"password": PASS_PHRASE})
    assert blocked.status_code == 422 and not Consent.objects.exists()


def test_what_is_signed_is_what_was_read(person, grant, connection):
    client = fresh_client(person)
    with time_machine.travel(timezone.now(), tick=False):
        look = decide(client, connection, see_cravings="now", until="30")
        signed(client, connection, see_cravings="now", until="30")
    consent = Consent.objects.get()
    text = grant.open_one(consent).signed_text
    assert " ".join(text.split()) in shown(look)
    assert consent.text_hash == text_hash(text) and consent.purpose == "counseling"
    last = today_of(person) + timedelta(days=30)
    assert consent.ends_at == consents.ends_at(last, person)


def test_what_is_signed_begins_in_ten_minutes_and_can_be_undone_until_then(person, connection, counselor):
    client = fresh_client(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        after = client.get(signed(client, connection).url)
        assert "Signed. It begins at" in shown(after) and "Undo" in shown(after)
        assert client.get("/sharing/").content.decode().count("/undo/") == 1
        clock.shift(timedelta(minutes=9, seconds=59))
        assert client.post(f"/sharing/{connection.pk}/undo/").url == "/sharing/?done=undone"
        assert "Taken back. It never began." in shown(client.get("/sharing/?done=undone"))
        assert in_force(connection) is None
        clock.shift(timedelta(minutes=10))
        assert in_force(connection) is None and "Nothing is shared." in shown(client.get("/sharing/"))


def test_after_ten_minutes_undo_does_nothing_and_says_so(person, connection):
    client = fresh_client(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        signed(client, connection)
        clock.shift(timedelta(minutes=10))
        assert client.post(f"/sharing/{connection.pk}/undo/").url == "/sharing/?done=late"
        assert "There was nothing left to take back." in shown(client.get("/sharing/?done=late"))
        assert in_force(connection) is not None and "/undo/" not in client.get("/sharing/").content.decode()


def test_the_preview_is_the_page_that_the_counselor_gets(person, grant, connection, counselor):
    with time_machine.travel((timezone.now() + timedelta(days=1)).replace(hour=17, minute=0), tick=False) as clock:
        put(person, grant, CheckIn(mood=2))
        put(person, grant, CheckIn(mood=5), days_ago=40)
        put(person, grant, PlanLine(part="reasons"), text="my daughter")
        entry, other = put(person, grant, Entry(), body="the river was high"), put(person, grant, Entry(), body="never shown")
        sign(grant, person, connection, {"entries": ""})
        consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
        client, more = fresh_client(person), {"see_check_ins": "now", "see_entries": "all", "until": "180"}
        look = decide(client, connection, **more)
        signed(client, connection, **more)
        clock.shift(timedelta(minutes=10, seconds=1))
        as_they_see = client.get(f"/sharing/{connection.pk}/as-they-see/")
        with access.read(counselor.person, connection.pk, "overview", WANTED) as reading:
            theirs = render_to_string("care/_overview.html", overview(replace(reading, is_preview=True)))
        page_of_theirs = shown(care_client(counselor.person).get(f"/care/p/{connection.pk}/"))
    assert theirs in as_they_see.content.decode() and theirs in look.content.decode()
    assert "the river was high" in theirs and "the river was high" in page_of_theirs and other
    assert "Last check-in" in theirs and "1 of the last 14 days" in theirs and "1 of the last 14 days" in page_of_theirs
    assert "never shown" not in theirs and "my daughter" not in theirs


def test_a_change_begins_with_what_is_shared_now(mine, grant, person, connection):
    first = (today_of(person) - timedelta(days=3)).isoformat()
    sign(grant, person, connection, {"check-ins": first, "cravings": "", "entries": ""}, purpose="peer", shown_name="Rio")
    answer = page(mine, connection)
    kept = {(name, value) for name, value in checked(answer) if value not in ("no",)}
    assert kept == {
        ("see-check-ins", first),
        ("see-cravings", "all"),
        ("see-entries", "all"),
        ("until", "kept"),
        ("purpose", "peer"),
    }
    assert 'value="Rio"' in answer.content.decode() and "As now" in shown(answer)


def test_less_is_signed_without_a_password_and_at_once(mine, grant, person, connection, consent):
    look = decide(mine, connection, until="kept", see_cravings="no")
    assert 'type="password"' not in look.content.decode() and "it begins at once" in shown(look)
    mine.post(f"/sharing/{connection.pk}/decide/", carried(look) | {"go": "sign"})
    assert in_force(connection).scopes == {"check-ins": ""}
    assert "/undo/" not in mine.get("/sharing/").content.decode()


@pytest.mark.parametrize("more", [{"see_goals": "all"}, {"see_check_ins": "all"}, {"until": "365"}])
def test_more_is_signed_only_with_a_password(mine, grant, person, connection, more):
    sign(grant, person, connection, {"check-ins": (today_of(person) - timedelta(days=3)).isoformat()})
    more = {"until": "kept", "see_check_ins": (today_of(person) - timedelta(days=3)).isoformat()} | more
    before = in_force(connection).pk
    refused = mine.post(f"/sharing/{connection.pk}/decide/", carried(decide(mine, connection, **more)) | {"go": "sign"})
    assert refused.status_code == 422 and in_force(connection).pk == before and Consent.objects.count() == 1


def test_a_change_of_both_kinds_says_that_less_is_at_once(mine, connection, consent):
    Consent.objects.update(scopes={"check-ins": "", "cravings": ""})
    look = shown(decide(mine, connection, see_goals="all", see_cravings="no", until="kept"))
    assert "It begins ten minutes after you sign" in look and "What you take away is closed at once." in look


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"see_check_ins": "no"}, "Choose at least one thing to share."),
        ({"purpose": ""}, "Choose what it is for."),
        ({"shown_name": "  "}, "Write a name, so that your counselor knows who you are."),
        ({"shown_name": "x" * 61}, "61 characters"),
        ({"until": "own"}, "Write the last day, or choose one of the others."),
        ({"until": "own", "ends_on": "2020-01-01"}, "This day is over, or nearly. Choose a day after today."),
        ({"until": "own", "ends_on": "2999-01-01"}, "A year is the most."),
        ({"until": "own", "ends_on": "tomorrow"}, "Write the day as year-month-day"),
        ({"until": "90", "ends_on": "2999-01-01"}, "You wrote a day and chose another end."),
        ({"until": ""}, "Choose until when."),
        ({"until": "kept"}, "This choice is not there any more."),
        ({"see_cravings": "2020-01-01"}, "This choice is not there any more."),
    ],
)
def test_what_cannot_be_signed_is_explained_and_stays_chosen(mine, connection, more, message):
    answer = decide(mine, connection, **({"see_goals": "now"} if "see_check_ins" not in more else {}) | more)
    assert answer.status_code == 422 and message in shown(answer)
    if "see_check_ins" not in more:
        assert {("see-goals", "now"), ("see-check-ins", "all")} <= checked(answer)
    assert not Consent.objects.exists()


def test_today_is_too_early_to_end_and_a_year_is_the_most(mine, connection, person):
    today = today_of(person)
    for last, status in (
        (today, 422),
        (today + timedelta(days=1), 200),
        (today + timedelta(days=366), 200),
        (today + timedelta(days=367), 422),
    ):
        assert decide(mine, connection, until="own", ends_on=last.isoformat()).status_code == status, last


def test_going_back_to_the_choices_keeps_them(mine, connection):
    look = carried(decide(mine, connection, see_plan="now", shown_name="<River>", until="180"))
    back = mine.post(f"/sharing/{connection.pk}/decide/", look | {"shown_name": "<River>", "go": "edit"})
    assert back.status_code == 200 and {("see-plan", "now"), ("until", "180"), ("purpose", "counseling")} <= checked(back)
    assert 'value="&lt;River&gt;"' in back.content.decode()


def test_a_second_window_that_stopped_it_meanwhile(person, connection, consent):
    client = fresh_client(person)
    look = carried(decide(client, connection, until="kept", see_goals="all"))
    client.post(f"/sharing/{connection.pk}/stop/")
    answer = client.post(f"/sharing/{connection.pk}/decide/", look | {"go": "sign"})
    assert answer.status_code == 409
    assert "Changed in another window" in shown(answer) and "Nothing was saved." in shown(answer)
    assert "You stopped it on" in shown(answer)
    assert {("see-goals", "all"), ("see-check-ins", "all"), ("purpose", "counseling")} <= checked(answer)
    assert in_force(connection) is None and Consent.objects.count() == 1
    again = decide(client, connection, basis="", see_goals="all")
    assert again.status_code == 200 and 'name="basis" value=""' in again.content.decode()


def test_what_was_signed_in_a_second_window_is_not_signed_over(person, grant, connection, consent):
    client = fresh_client(person)
    old = str(consent.pk)
    sign(grant, person, connection, {"check-ins": ""}, waited=False)
    for go in ("preview", "sign"):
        answer = decide(client, connection, basis=old, go=go, see_goals="all")
        assert answer.status_code == 409 and f'name="basis" value="{basis(connection)}"' in answer.content.decode()
    assert in_force(connection).scopes == {"check-ins": ""}


def test_a_day_that_began_meanwhile_is_read_once_more(person, connection):
    client = fresh_client(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        look = carried(decide(client, connection, see_cravings="now"))
        clock.shift(timedelta(days=1))
        answer = fresh_client(person).post(f"/sharing/{connection.pk}/decide/", look | {"go": "sign"})
        assert "A new day has begun" in shown(answer) and not Consent.objects.exists()
        fresh_client(person).post(f"/sharing/{connection.pk}/decide/", carried(answer) | {"go": "sign"})
        assert Consent.objects.get().scopes["cravings"] == today_of(person).isoformat()


def test_nothing_can_be_shared_with_somebody_who_left(person, connection, counselor):
    client = fresh_client(person)
    look = carried(decide(client, connection))
    memberships.leave(counselor, timezone.now())
    answer = client.post(f"/sharing/{connection.pk}/decide/", look | {"go": "sign"})
    assert (
        answer.status_code == 409 and "Maria Lopez left Harbor Clinic." in shown(answer) and "Nothing was saved" in shown(answer)
    )
    assert not Consent.objects.exists()


def test_a_pause_lasts_over_a_change(person, connection, consent):
    client = fresh_client(person)
    client.post(f"/sharing/{connection.pk}/pause/")
    assert "Until you let it go on, none of this is seen." in shown(decide(client, connection, until="kept"))
    signed(client, connection, until="kept")
    assert in_force(connection).paused_at is not None


def test_an_expired_sign_in_does_not_sign(connection, client):
    answer = decide(client, connection, go="sign")
    assert "Please sign in again" in shown(answer) and not Consent.objects.exists()


@pytest.mark.parametrize("days", [30, 120])
def test_what_goes_on_until_the_change_begins_is_signed_as_it_is(person, grant, connection, days):
    old = sign(grant, person, connection, {"check-ins": "", "cravings": ""}, purpose="peer")
    sign(grant, person, connection, {"check-ins": "", "goals": ""}, waited=False, days=days)
    rest, text = in_force(connection), grant.open_one(in_force(connection)).signed_text
    last = today_of(person) + timedelta(days=min(days, 90))
    assert rest.pk != old.pk and rest.scopes == {"check-ins": ""}
    assert rest.purpose == "peer" and str(rest.get_purpose_display()) in text
    assert rest.ends_at == consents.ends_at(last, person) and f"It ends by itself after {day(last)}." in text
    assert rest.text_hash == text_hash(text) and "Goals" not in text and "Cravings" not in text


def test_what_goes_on_until_then_is_told_by_the_clock_of_a_person_who_moved(person, grant, connection):
    old = sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    person.tz, person.day_start = "Asia/Tokyo", 6
    person.save()
    sign(grant, person, connection, {"check-ins": "", "goals": ""}, waited=False, days=120)
    rest = in_force(connection)
    last = last_day(rest, person)
    assert f"It ends by itself after {day(last)}." in grant.open_one(rest).signed_text
    assert rest.ends_at == consents.ends_at(last, person) <= old.ends_at


def test_where_the_old_one_ends_within_the_day_for_a_person_who_moved_nothing_goes_on(person, grant, connection):
    with time_machine.travel(datetime(2026, 11, 20, 17, tzinfo=UTC), tick=False) as clock:
        sign(grant, person, connection, {"check-ins": "", "cravings": ""}, days=1)
        person.tz = "Asia/Tokyo"
        person.save()
        clock.move_to(datetime(2026, 11, 22, 8, tzinfo=UTC))  # an hour before the end: five in the afternoon there
        sign(grant, person, connection, {"check-ins": "", "goals": ""}, waited=False)
        assert in_force(connection) is None
        assert AccessRecord.objects.about(person.pk).filter(action="consent-revoked").count() == 1
