"""Sharing and a prepared counselor, as people do it: a person lets somebody see, narrows and stops; a counselor gets ready."""

import json
import os
import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.people import query
from tests.browser.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.smoke]

PASS = "quiet harbor seven gulls"
SESSION = """
import json, time
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from accounts.models import Person

def session_of(person, method):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), "accounts.backends.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time(), "type": "totp", "id": 1}] if method else []
    session["account_authentication_methods_user"] = str(person.pk)
    session.create()
    return session.session_key
"""
# A person with a diary and a counselor with a code for them, both signed in; as JSON.
MAKE = f"""{SESSION}
from datetime import timedelta
from django.utils import timezone
from accounts.actions import open_account
from care.actions import invites
from care.models import Membership, Organisation
from recovery_site.demo import diary_of, write_diary

def person(name):
    made = Person(username=name, tz="Europe/London", country="US", onboarded_at=timezone.now())
    made.set_password("PASS")
    return open_account(made)

somebody, maria = person("sharer-ID"), person("maria-ID")
today = timezone.now().date()
write_diary(somebody, diary_of(somebody), today - timedelta(days=40), today - timedelta(days=1), lambda: None)
clinic, _ = Organisation.objects.get_or_create(name="Tide House", defaults={{"country": "US", "is_part2": True}})
member = Membership.objects.create(organisation=clinic, person=maria, shown_name="Maria Lopez", verified_at=timezone.now())
code = invites.make("counselor", timezone.now(), membership=member).code
print(json.dumps({{"person": session_of(somebody, ""), "counselor": session_of(maria, "mfa"), "code": code, "id": str(member.pk)}}))
"""
# The counselor of the demo, and somebody who shares everything with them.
DEMO = f"""{SESSION}
from care.models import Connection
ash, heron = Person.objects.get(username="counselor-ash"), Person.objects.get(username="heron")
link = Connection.objects.get(person=heron, membership__person=ash)
print(json.dumps({{"counselor": session_of(ash, "mfa"), "person": session_of(heron, ""), "link": str(link.pk)}}))
"""
OF_ONE = ("", "session/", "timeline/", "goals/", "propose/", "messages/", "notes/", "report/")
DESK = ("/care/", "/care/inbox/", "/care/invite/", "/care/notes/", *(f"/care/p/LINK/{page}" for page in OF_ONE))
PHONE = ("/sharing/", "/sharing/code/", "/sharing/reads/", "/sharing/agenda/",
         *(f"/sharing/LINK/{page}" for page in ("", "decide/", "messages/", "statement/")),
         *(f"/sharing/LINK/as-they-see/?page={page}" for page in ("overview", "session", "timeline", "goals", "report")))  # fmt: skip
BEGIN = "from care.models import Consent; from datetime import timedelta as t; [Consent.objects.filter(pk=c.pk).update(signed_at=c.signed_at - t(minutes=11), starts_at=c.starts_at - t(minutes=11)) for c in Consent.objects.filter(connection__membership_id='{id}')]"
COUNT = "addEventListener('click', (event) => { if (event.isTrusted && event.detail) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1; }, true);"


@pytest.fixture
def cast(site):
    made = site.manage(code=MAKE.replace("PASS", PASS).replace("-ID", f"-{time.time_ns()}"))
    return json.loads(made.strip().splitlines()[-1])


@pytest.fixture
def phone(open_page, site, cast):
    page = open_page()
    page.context.add_cookies([{"name": "sessionid", "value": cast["person"], "url": site.address}])
    return page


@pytest.fixture
def desk(open_page, site, cast):
    page = open_page(width=1280, height=900, accept_downloads=True)
    page.context.add_init_script(COUNT)
    page.context.add_cookies([{"name": "sessionid", "value": cast["counselor"], "url": site.address}])
    return page


def choose(page, question, answer):
    page.locator(f"fieldset:has(legend:text-is('{question}')) label:has-text('{answer}')").first.click()


def share(phone, site, cast):
    """Type the code, choose, look, sign; eleven minutes later by the database's clock."""
    phone.goto("/sharing/")
    phone.click("text=I have a code")
    phone.fill("[name=code]", cast["code"].lower())
    phone.click("text=Use this code")
    for question in ("Check-ins", "Cravings", "Goals", "Insights"):
        choose(phone, question, "With what I wrote before")
    choose(phone, "What is it for?", "To prepare and hold our sessions")
    phone.fill("[name=shown_name]", "Robin")
    phone.click("button:text-is('Look at it first')")
    expect(phone.locator("h1").first).to_contain_text("This is what Maria Lopez would see")
    expect(phone.locator(".their-page")).to_contain_text("Robin")
    phone.fill("[name=password]", PASS)
    phone.click("button:text-is('Sign')")
    expect(phone.locator("main")).to_contain_text("Undo")


def test_a_person_shares_looks_narrows_sees_the_read_and_stops(phone, desk, site, cast):
    share(phone, site, cast)
    desk.goto("/care/")
    expect(desk.locator("main")).not_to_contain_text("Robin")  # not begun: nothing is seen
    site.manage(code=BEGIN.replace("{id}", cast["id"]))
    desk.goto("/care/")
    desk.click("main a:text-is('Robin')")
    expect(desk.locator("body")).to_contain_text("Robin shares check-ins, cravings, goals and insights")
    person_page = desk.url
    phone.goto("/sharing/")
    expect(phone.locator("main")).to_contain_text(re.compile("Maria Lopez looked at .*check-ins"))
    phone.click("main a:has-text('Change')")
    for question in ("Cravings", "Goals", "Insights"):
        choose(phone, question, "Not shared")
    phone.click("button:text-is('Look at it first')")
    phone.click("button:text-is('Sign')")  # less than before: no password, and at once
    expect(phone.locator("main")).to_contain_text("Your check-ins")
    desk.goto(person_page)
    expect(desk.locator("body")).to_contain_text("Robin shares check-ins with you")
    phone.goto("/sharing/")
    phone.click("main button:text-is('Stop')")
    phone.wait_for_url("**/sharing/**")
    assert desk.goto(person_page).status == 404
    phone.goto("/sharing/reads/")
    expect(phone.locator("main")).to_contain_text("refused")
    assert query(site, f"SELECT count(*) FROM care_consent c JOIN care_connection k ON k.id = c.connection_id "
                       f"WHERE c.revoked_at IS NULL AND k.membership_id = '{_stored(cast['id'])}'") == [(0,)]  # fmt: skip


def _stored(uuid):
    """An id as the site's own database holds it."""
    return uuid if os.environ.get("SITE_DATABASE_URL") else uuid.replace("-", "")


ADMIN = f"""{SESSION}
print(json.dumps(session_of(Person.objects.get(username="counselor-birch"), "mfa")))
"""
TABS = """() => [...document.querySelectorAll(".bar a")].map((tab) => { const text = document.createRange();
  text.selectNodeContents(tab); return [tab.textContent, text.getBoundingClientRect().width <= tab.getBoundingClientRect().width]; })"""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_each_tab_of_somebody_with_every_role_has_its_own_room(open_page, site, width):
    page = open_page(width=width)
    key = json.loads(site.manage(code=ADMIN).strip().splitlines()[-1])
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": site.address}])
    faults = check(page, "/care/organisation/") if width == 360 else []
    page.goto("/care/organisation/")
    tabs = page.evaluate(TABS)
    assert len(tabs) == 6 and [name for name, fits in tabs if not fits] == [] and faults == []


@pytest.mark.pdf
def test_a_counselor_is_prepared_in_six_clicks(phone, desk, site, cast):
    share(phone, site, cast)
    site.manage(code=BEGIN.replace("{id}", cast["id"]))
    desk.goto("/care/")
    began = time.monotonic()
    desk.locator("tr:has-text('Robin') a:has-text('Prepare')").click()
    expect(desk.locator("main")).to_contain_text("No flag does not mean no risk.")
    expect(desk.locator("main svg.chart").first).to_be_visible()
    desk.click("nav a:text-is('Report')")
    desk.click("text=Make a PDF")
    desk.wait_for_selector("text=Download the PDF", timeout=60_000)
    with desk.expect_download() as download:
        desk.click("text=Download the PDF")
    print(f"\nfrom the caseload to the printed report in {time.monotonic() - began:.0f} s")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert int(desk.evaluate("sessionStorage.taps")) <= 6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_sharing_and_care_hold_the_rules(open_page, site, theme):
    demo = json.loads(site.manage(code=DEMO).strip().splitlines()[-1])
    faults = []
    for who, paths in (("person", PHONE), ("counselor", DESK)):
        page = open_page(theme=theme, width=1280 if who == "counselor" else 360)
        page.context.add_cookies([{"name": "sessionid", "value": demo[who], "url": site.address}])
        faults += [fault for path in paths for fault in check(page, path.replace("LINK", demo["link"]))]
    assert faults == []
