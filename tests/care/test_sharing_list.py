"""The page of sharing: who, what, until when; pause, go on, stop and undo."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccessRecord
from care import access
from care.actions import consents, invites, memberships
from care.models import Connection, Consent, Invite, SharedEntry
from care.texts import day
from journal.models import CheckIn, Entry
from tests.care.conftest import fresh_client, make_counselor, sign
from tests.care.sharing import in_ten_minutes, put, shown, today_of
from tests.conftest import PASS_PHRASE


def sharing(client):
    return shown(client.get("/sharing/"))


def act(client, connection, what):
    return client.post(f"/sharing/{connection.pk}/{what}/")


def sees(counselor, connection):
    """How many check-ins the counselor sees; None where the door is shut."""
    try:
        with access.read(counselor.person, connection.pk, "overview", ["check-ins"]) as reading:
            return CheckIn.objects.for_grant(reading.grant).count()
    except access.Http404:
        return None


def test_with_nobody_it_explains_itself(mine):
    page = sharing(mine)
    assert "Only you see your records" in page and "I have a code" in page and "Make a code for my counselor" in page
    assert "Nobody has looked at your records." in page
    assert "/sharing/" in mine.get("/me/").content.decode()


def test_somebody_who_asks_stands_first_and_can_be_answered(mine, grant, person, connection, consent, organisation):
    asking = Connection.objects.create(person=person, membership=make_counselor("ash", organisation, shown_name="Ash Reed"))
    answer = mine.get("/sharing/")
    page = shown(answer)
    assert page.index("Ash Reed") < page.index("Maria Lopez") and "Asks what you want to share." in page
    assert f"/sharing/{asking.pk}/decide/" in answer.content.decode()
    assert act(mine, asking, "no").url == "/sharing/?done=no"
    assert "Asks what you want to share." not in sharing(mine) and "Nothing is shared." in sharing(mine)
    assert consents.current(connection.pk, timezone.now()) == consent


def test_it_says_who_what_and_until_when(mine, grant, person, connection):
    sign(grant, person, connection, {"check-ins": "", "goals": ""})
    page = sharing(mine)
    last = today_of(person) + timedelta(days=90)
    assert f"Shared until {day(last)}." in page
    for word in ("Maria Lopez", "Harbor Clinic", "Your check-ins and goals.", "See what they see", "Change", "Pause", "Stop"):
        assert word in page


def test_stopping_takes_two_taps_no_login_and_no_reason(mine, person, counselor, connection, consent, grant):
    put(person, grant, CheckIn(mood=3))
    assert sees(counselor, connection) == 1
    first_tap = mine.get("/sharing/").content.decode()
    assert f'action="/sharing/{connection.pk}/stop/"' in first_tap
    second_tap = act(mine, connection, "stop")
    assert second_tap.url == "/sharing/?done=stopped" and sees(counselor, connection) is None
    page = shown(mine.get(second_tap.url))
    assert "Nothing is seen any more." in page and "You stopped it on" in page and "Share again" in page
    act(mine, connection, "stop")  # again is harmless
    assert AccessRecord.objects.about(person.pk).filter(action="consent-revoked").count() == 1


def test_a_pause_needs_no_login_and_going_on_needs_one(mine, person, grant, counselor, connection, consent):
    put(person, grant, CheckIn(mood=3))
    assert act(mine, connection, "pause").url == "/sharing/?done=paused"
    page = shown(mine.get("/sharing/?done=paused"))
    assert "To your counselor it looks as if nothing was written." in page
    assert "Paused. To Maria Lopez it looks as if nothing was written." in page and "Go on" in page
    assert sees(counselor, connection) == 0
    going_on = f"/sharing/{connection.pk}/go-on/"
    assert "What you wrote in the pause is seen too." in shown(mine.get(going_on))
    for password in ("", "wrong"):
        assert mine.post(going_on, {"password": password}).status_code == 422 and sees(counselor, connection) == 0
    assert mine.post(going_on, {"password": PASS_PHRASE}).url == "/sharing/?done=on"
    assert sees(counselor, connection) == 1 and "Sharing goes on." in shown(mine.get("/sharing/?done=on"))


def test_going_on_with_what_was_stopped_meanwhile(person, connection, consent, counselor):
    client = fresh_client(person)
    act(client, connection, "pause")
    act(client, connection, "stop")
    assert "This is not paused." in shown(client.get(f"/sharing/{connection.pk}/go-on/"))
    assert client.post(f"/sharing/{connection.pk}/go-on/").url == "/sharing/?done=ended"
    assert sees(counselor, connection) is None


def test_what_was_signed_says_when_it_begins_by_the_persons_clock(mine, grant, person, connection):
    with time_machine.travel(timezone.now(), tick=False):
        sign(grant, person, connection, waited=False)
        assert f"Begins at {in_ten_minutes(person)}. Until then, nothing is seen and you can undo it." in sharing(mine)
        assert "/undo/" in mine.get("/sharing/").content.decode()


def test_undoing_a_change_leaves_what_was_there(mine, grant, person, connection):
    sign(grant, person, connection, {"check-ins": ""})
    sign(grant, person, connection, {"check-ins": "", "cravings": ""}, waited=False)
    assert "Shared. What you signed begins at" in sharing(mine)
    assert act(mine, connection, "undo").url == "/sharing/?done=undone"
    page = sharing(mine)
    assert "Shared until" in page and "Your check-ins." in page


def test_it_ends_by_itself(mine, grant, person, connection):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign(grant, person, connection, days=30)
        last = today_of(person) + timedelta(days=30)
        clock.shift(timedelta(days=31))
        mine.force_login(person, backend="accounts.backends.PersonBackend")
        assert f"It ended by itself after {day(last)}." in sharing(mine)


@pytest.mark.parametrize("how", ["left", "closed", "switched off", "account gone"])
def test_a_counselor_who_is_not_there_any_more(mine, person, counselor, connection, consent, how):
    now = timezone.now()
    if how == "left":
        memberships.leave(counselor, now)
    elif how == "closed":
        memberships.close(counselor.organisation, now)
    elif how == "switched off":
        type(person).objects.filter(pk=counselor.person_id).update(is_active=False)
    else:
        type(counselor).objects.update(person=None)
    page = sharing(mine)
    said = {"left": "Maria Lopez left Harbor Clinic.", "closed": "Harbor Clinic has closed."}.get(
        how, "Maria Lopez does not work here now."
    )
    assert f"{said} Sharing has ended." in page and "Not shared now" in page
    assert act(mine, connection, "stop").status_code == 302
    assert "You stopped it on" in sharing(mine) and Consent.objects.get().revoked_at is not None
    assert "Share again" not in sharing(mine)


def test_the_latest_looks_stand_below(mine, person, counselor, connection, consent):
    sees(counselor, connection)
    page = sharing(mine)
    assert "Maria Lopez looked at your check-ins, today" in page and "Nobody has looked" not in page
    assert "/sharing/reads/" in mine.get("/sharing/").content.decode()


def test_an_unknown_act_is_not_there(mine, connection, consent):
    assert act(mine, connection, "share-everything").status_code == 404
    assert mine.get(f"/sharing/{connection.pk}/stop/").status_code == 405
    assert consents.current(connection.pk, timezone.now()) == consent


def test_the_page_costs_the_same_with_one_and_with_twenty(
    mine, grant, person, organisation, connection, counselor, consent, django_assert_num_queries
):
    sees(counselor, connection)
    with django_assert_num_queries(8):
        mine.get("/sharing/")
    for number in range(20):
        more = Connection.objects.create(person=person, membership=make_counselor(f"c{number}", organisation))
        sign(grant, person, more, {"check-ins": "", "entries": ""})
        sees(more.membership, more)
    with django_assert_num_queries(8):
        mine.get("/sharing/")


def code_of(answer):
    return answer.content.decode().split('<p class="code">')[1].split("<")[0]


def make(counselor, **more):
    return invites.make(Invite.Kind.FROM_COUNSELOR, timezone.now(), membership=counselor).code


def use(client, code):
    return client.post("/sharing/code/", {"code": code})


def test_a_counselors_code_leads_to_the_decision_and_opens_nothing(mine, person, counselor):
    answer = use(mine, f" {make(counselor).lower().replace('-', ' ')} ")
    connection = Connection.objects.get()
    assert answer.url == f"/sharing/{connection.pk}/decide/" and connection.person_id == person.pk
    assert sees(counselor, connection) is None


def test_a_link_fills_the_form_and_spends_nothing(mine, counselor, client):
    code = make(counselor)
    for _ in range(2):
        assert f'value="{code}"' in mine.get(f"/sharing/code/{code}/").content.decode()
    assert "next=/sharing/code/" in client.get(f"/sharing/code/{code}/").url
    assert Invite.objects.get().used_at is None and not Connection.objects.exists()
    assert mine.post(f"/sharing/code/{code}/").status_code == 405
    assert use(mine, code).status_code == 302


def spoil(how, counselor, person):
    """A code that does not work, and what is said."""
    now, code = timezone.now(), make(counselor)
    if how == "expired":
        Invite.objects.update(expires_at=now)
        return code, "This code has run out."
    if how == "used":
        Invite.objects.update(used_at=now)
        return code, "This code was used already."
    if how == "left":
        memberships.leave(counselor, now)
        return code, "that is not here any more"
    if how == "closed":
        memberships.close(counselor.organisation, now)
        return code, "that is not here any more"
    if how == "own":
        type(counselor).objects.update(person=person)
        return code, "This is your own code."
    if how == "a person's":
        return invites.make(Invite.Kind.FROM_PERSON, now, person=person).code, "We do not know this code."
    return {"wrong": ("AAAAA-AAAAA", "We do not know this code."), "empty": ("  ", "Type the code that your counselor gave you."),
            "long": ("A" * 41, "41 characters")}[how]  # fmt: skip


@pytest.mark.parametrize("how", ["expired", "used", "left", "closed", "own", "a person's", "wrong", "empty", "long"])
def test_a_code_that_does_not_work_says_why_in_place(mine, person, counselor, how):
    code, message = spoil(how, counselor, person)
    answer = use(mine, code)
    assert answer.status_code == 422 and message in shown(answer)
    assert f'value="{code.strip()}"' in answer.content.decode() or how == "empty"
    assert not Connection.objects.exists()


def test_guessing_codes_is_slowed_down(mine, db):
    assert [use(mine, f"AAAAA-AAAA{n}").status_code for n in range(12)] == [422] * 10 + [429] * 2


def test_a_code_for_a_counselor_is_shown_once_and_works_once(mine, person, counselor):
    answer = mine.post("/sharing/code/", {"go": "make"})
    code = code_of(answer)
    assert f"Here is my code for Daybook: {code}. It works once, until" in shown(answer)
    assert code not in mine.get("/sharing/code/").content.decode() and Invite.objects.get().digest != code
    connection = invites.use_as_counselor(counselor, code, timezone.now())
    assert "Asks what you want to share." in sharing(mine) and sees(counselor, connection) is None
    with pytest.raises(invites.NotUsable):
        invites.use_as_counselor(counselor, code, timezone.now())


def test_a_code_of_somebody_who_is_known_leads_to_the_change(mine, counselor, connection, consent):
    assert use(mine, make(counselor)).url == f"/sharing/{connection.pk}/decide/"
    assert Connection.objects.count() == 1 and consents.current(connection.pk, timezone.now()) == consent


def test_entries_that_were_shown_are_shown_no_longer_after_a_stop(mine, person, grant, connection, consent):
    entry = put(person, grant, Entry(), body="shown")
    fresh_client(person).post(f"/sharing/entries/{entry.pk}/", {"connection": str(connection.pk), "go": "show"})
    assert SharedEntry.objects.now_shared(connection.pk).exists()
    act(mine, connection, "stop")
    sign(grant, person, connection, {"entries": ""})
    assert "does not see it" in shown(mine.get(f"/sharing/entries/{entry.pk}/"))
