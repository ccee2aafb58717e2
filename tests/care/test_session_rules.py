"""A counselor's session: a second factor always, fifteen minutes idle, twelve hours at most, and nothing typed is lost."""

import html
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from care.actions import consents, memberships
from care.models import Membership, Message
from tests.care.conftest import care_client, client_with
from tests.conftest import PASS_PHRASE, make_person

SIGN_IN = "/accounts/login/"
PAGE = "/care/inbox/"


@pytest.fixture
def clock():
    """A clock that stands still until it is moved; it begins a little ahead of what was stored."""
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False) as clock:
        yield clock


@pytest.fixture
def works(clock, theirs) -> Client:
    """The counselor's client, right after the second factor was shown, and once used."""
    assert theirs.get(PAGE).status_code == 200
    return theirs


def status(client: Client, page: str = PAGE) -> int:
    return client.get(page).status_code


def is_sent_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith(SIGN_IN)


def test_fifteen_minutes_are_fine_and_a_second_more_is_over(works, clock):
    clock.shift(timedelta(minutes=15))
    assert status(works) == 200
    clock.shift(timedelta(minutes=15, seconds=1))
    assert is_sent_to_sign_in(works.get(PAGE))


def test_whoever_goes_on_working_is_not_idle(works, clock):
    for _ in range(8):
        clock.shift(timedelta(minutes=14))
        assert status(works) == 200


def test_whoever_writes_in_their_own_journal_meanwhile_is_not_idle(works, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=14))
        assert status(works, "/today/") == 200
    assert status(works) == 200


def test_what_is_idle_is_over_everywhere_and_for_good(works, clock):
    clock.shift(timedelta(minutes=16))
    assert is_sent_to_sign_in(works.get("/today/"))
    clock.shift(timedelta(minutes=-10))
    assert is_sent_to_sign_in(works.get(PAGE))


def test_twelve_hours_are_the_most_however_busy(works, clock):
    for _ in range(51):
        clock.shift(timedelta(minutes=14))
        assert status(works) == 200
    clock.shift(timedelta(minutes=10))  # twelve hours and four minutes
    assert is_sent_to_sign_in(works.get(PAGE))


def test_a_clock_that_goes_back_ends_it(works, clock):
    clock.shift(timedelta(minutes=-5))
    assert is_sent_to_sign_in(works.get(PAGE))


def test_a_session_that_never_saw_care_has_no_such_end(clock, counselor, theirs):
    clock.shift(timedelta(hours=13))
    assert status(theirs, "/today/") == 200


def test_a_second_factor_shown_long_ago_is_asked_for_again(clock, counselor, theirs):
    TOTP.activate(counselor.person, generate_totp_secret())
    clock.shift(timedelta(minutes=16))
    answer = theirs.get(PAGE)
    assert (answer.status_code, answer.url) == (302, f"/accounts/2fa/reauthenticate/?next={PAGE.replace('/', '%2F')}")
    assert status(theirs, "/today/") == 200  # only care asks


def test_whoever_has_no_second_factor_is_led_to_make_one(counselor):
    answer = client_with(counselor.person, method="password", username="maria").get(PAGE)
    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/")


def test_a_password_alone_is_not_enough(counselor):
    TOTP.activate(counselor.person, generate_totp_secret())
    answer = client_with(counselor.person, method="password", username="maria").get(PAGE)
    assert answer.status_code == 302 and answer.url.startswith("/accounts/2fa/reauthenticate/")


def test_what_another_account_proved_in_the_same_browser_counts_for_nobody_else(counselor):
    client = care_client(make_person("other"))
    TOTP.activate(counselor.person, generate_totp_secret())
    session = client.session
    proof = session["account_authentication_methods"]
    client.force_login(counselor.person, backend="accounts.backends.PersonBackend")
    session = client.session
    session["account_authentication_methods"] = proof
    session.save()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("page", ["/care/", PAGE, "/care/organisation/", "/care/invite/"])
@pytest.mark.parametrize("has_proof", [True, False])
def test_somebody_who_works_nowhere_gets_the_404_of_nothing_and_no_hint(db, client_of, clock, page, has_proof):
    person = make_person("nobody")
    client = care_client(person) if has_proof else client_of(person)
    nothing = client.get("/care/there-is-nothing-here/")
    for _ in range(2):
        answer = client.get(page)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        clock.shift(timedelta(hours=2))
    assert status(client, "/today/") == 200  # and their own session is as long as before


def test_somebody_who_waits_to_be_verified_is_nobody_yet(client_of, counselor):
    Membership.objects.filter(pk=counselor.pk).update(verified_at=None)
    assert status(client_of(counselor.person)) == 404


def test_after_leaving_the_next_request_is_the_404(works, counselor, connection, consent):
    page = f"/care/p/{connection.pk}/"
    assert status(works, page) == 200
    memberships.leave(counselor, timezone.now())
    for address in (page, "/care/", PAGE):
        assert status(works, address) == 404


def test_whoever_left_still_shows_the_second_factor_for_the_notes_they_wrote(clock, counselor, client_of):
    TOTP.activate(counselor.person, generate_totp_secret())
    memberships.leave(counselor, timezone.now())
    assert client_of(counselor.person).get("/care/notes/").url.startswith("/accounts/2fa/reauthenticate/")


def test_a_fragment_and_a_script_of_an_ended_session_get_no_page(works, clock):
    clock.shift(timedelta(minutes=16))
    assert works.get(PAGE, headers={"HX-Request": "true"}).status_code == 204
    assert works.get(PAGE, headers={"X-Requested-With": "fetch"}).status_code == 401


# --- a form typed for too long ---


@pytest.fixture
def code(counselor) -> str:
    TOTP.activate(counselor.person, generate_totp_secret())
    return RecoveryCodes.activate(counselor.person).get_unused_codes()[0]


def carried(answer) -> str:
    return html.unescape(re.search(r'name="carried" value="([^"]*)"', answer.content.decode())[1])


def fields(answer) -> dict[str, str]:
    """What the page would send again at one press."""
    page = answer.content.decode()
    main = page[page.index("<main") :]
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', main)
    shown = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.DOTALL)
    return {name: html.unescape(value) for name, value in hidden + shown if name not in ("csrfmiddlewaretoken", "carried")}


def sign_in_again(client: Client, page, code: str):
    """Password, then the second factor, with the form in tow."""
    step = client.post("/accounts/sign-in/", {"carried": carried(page), "login": "maria", "password": PASS_PHRASE})
    assert 'name="code"' in step.content.decode()
    return client.post("/accounts/sign-in/", {"carried": carried(step), "code": code})


def test_what_was_typed_survives_the_forced_sign_in_and_is_sent_once(works, clock, code, connection, consent, grant):
    text = "Thank you for Thursday. I read your line about the weekend, and we will begin with it."
    form = {"id": str(uuid.uuid4()), "text": text}
    address = f"/care/p/{connection.pk}/messages/"
    clock.shift(timedelta(minutes=40))
    asked = works.post(address, form)
    assert asked.status_code == 200 and "_auth_user_id" not in works.session
    assert not Message.objects.for_grant(grant).exists()
    again = sign_in_again(works, asked, code)
    assert fields(again) == form
    assert works.post(address, fields(again)).status_code == 302
    assert works.post(address, fields(again)).status_code == 302
    assert [one.text for one in grant.open(Message.objects.for_grant(grant))] == [text]


def test_a_form_sent_with_a_second_factor_of_long_ago_is_carried_too(theirs, clock, code, connection, consent):
    clock.shift(timedelta(minutes=40))
    asked = theirs.post(f"/care/p/{connection.pk}/messages/", {"id": str(uuid.uuid4()), "text": "typed before lunch"})
    assert "typed before lunch" in carried(asked)
    assert fields(sign_in_again(theirs, asked, code))["text"] == "typed before lunch"


def test_a_form_carried_over_is_refused_if_the_person_stopped_meanwhile(works, clock, code, connection, consent, person, grant):
    clock.shift(timedelta(minutes=40))
    address = f"/care/p/{connection.pk}/messages/"
    asked = works.post(address, {"id": str(uuid.uuid4()), "text": "too late"})
    consents.stop(person, connection.pk, timezone.now())
    answer = works.post(address, fields(sign_in_again(works, asked, code)))
    assert answer.status_code == 404 and "too late" in answer.content.decode()  # the words come back, and were not sent
    assert not Message.objects.for_grant(grant).exists()
