"""An expired sign-in or a stale token takes nothing that was typed."""

import html
import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from journal.models import Entry
from tests.conftest import PASS_PHRASE

TYPED = 'Long words that must not be lost.\nSecond line: "quotes" & <tags> 🌊'
FORM = {"id": "019aaaaa-0000-7000-8000-000000000001", "body": TYPED, "triggers": ["argument", "low"]}


def carried(answer):
    return html.unescape(re.search(r'name="carried" value="([^"]*)"', answer.content.decode())[1])


def fields(answer):
    """What the page would send again."""
    page = answer.content.decode()
    main = page[page.index("<main") :]
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', main)
    shown = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.DOTALL)
    pairs = [(name, html.unescape(value)) for name, value in hidden + shown if name not in ("csrfmiddlewaretoken", "carried")]
    return {name: [v for n, v in pairs if n == name] for name, _ in pairs}


def sign_in(client, page, **data):
    return client.post("/accounts/sign-in/", {"carried": carried(page)} | data)


def test_the_text_goes_through_sign_in_and_is_saved(client, person, grant):
    page = client.post("/journal/new/", FORM)
    assert (page.status_code, "still here" in page.content.decode()) == (200, True)
    back = sign_in(client, page, login="river", password=PASS_PHRASE)
    assert "Your text is here" in back.content.decode() and "river" in back.content.decode()
    assert not Entry.objects.for_grant(grant).exists()
    client.post("/journal/new/", fields(back))
    (entry,) = grant.open(Entry.objects.for_grant(grant))
    assert (entry.body, entry.triggers) == (TYPED, ["argument", "low"])


def test_a_wrong_password_keeps_the_text(client, person):
    page = client.post("/journal/new/", FORM)
    again = sign_in(client, page, login="river", password="wrong wrong wrong")
    assert carried(again) == carried(page)
    assert "wrong wrong wrong" not in again.content.decode()


def test_a_second_step_keeps_the_text_too(client, person):
    TOTP.activate(person, generate_totp_secret())
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    page = client.post("/journal/new/", FORM)
    step = sign_in(client, page, login="river", password=PASS_PHRASE)
    assert 'name="code"' in step.content.decode()
    assert 'name="code"' in sign_in(client, step, code="000000").content.decode()
    back = sign_in(client, step, code=code)
    assert fields(back)["body"] == [TYPED.replace("\n", "\n")]


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/", "/accounts/password/change/", "/cms/"])
def test_text_is_carried_only_to_our_own_personal_pages(client, person, to):
    answer = client.post(
        "/accounts/sign-in/", {"carried": f'{{"to": "{to}", "fields": []}}', "login": "river", "password": PASS_PHRASE}
    )
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")


def test_a_stale_token_gives_the_text_back(person, client_of):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="accounts.backends.PersonBackend")
    answer = client.post("/journal/new/", FORM)
    assert answer.status_code == 403
    assert fields(answer)["body"] == [TYPED]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_form_from_another_site_is_refused_without_an_echo(person, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="accounts.backends.PersonBackend")
    answer = client.post("/journal/new/", FORM, headers=headers)
    assert answer.status_code == 403
    assert "must not be lost" not in answer.content.decode()


def test_a_fragment_for_a_stranger_is_empty_and_a_button_leads_to_sign_in(db, client):
    quiet = client.get("/learn-mine/craving/", headers={"HX-Request": "true"})
    assert (quiet.status_code, quiet.content, "HX-Redirect" in quiet) == (204, b"", False)
    pressed = client.post("/suggestions/019aaaaa-0000-7000-8000-000000000001/", headers={"HX-Request": "true"})
    assert (pressed.status_code, pressed["HX-Redirect"]) == (401, "/accounts/login/")


def test_nothing_is_stored_for_a_stranger(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.post("/journal/new/", FORM)
    assert "sessionid" not in page.cookies
