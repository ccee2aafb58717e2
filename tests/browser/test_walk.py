"""As a new person would: from the front door to the closed account."""

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.smoke]

WORDS = "We argued about the rent and I went for a walk by the canal."
PASS, NEW_PASS = "three boats and a bridge", "four boats and a bridge"


def sign_up(page):
    page.goto("/")
    page.click("text=Start")
    page.fill("[name=username]", "walker")
    page.fill("[name=password1]", PASS)
    page.click("text=Make my account")
    code = page.inner_text(".code")
    page.click("text=I have kept it")
    return code


def onboard(page):
    page.click("label:has-text('Cravings')")
    page.click("text=Go on")
    assert page.input_value("[name=tz]") == "America/Denver"
    page.click("text=Go on")
    page.click("label:has-text('slip')")
    page.click("text=Go on")
    page.click("text=Go on")
    page.click("text=Go on")


def check_in(page):
    page.click("label:has-text('So-so')")
    page.click("text=Save check-in")
    expect(page.locator("[role=status]").first).to_contain_text("Saved")


def log_craving(page):
    page.goto("/log/craving/")
    page.click("fieldset#id_intensity label:has-text('7')")
    page.click("text=More to choose from >> nth=0")
    page.click("label:has-text('Argument or conflict')")
    page.click("text=Save craving")
    assert "argument or conflict" in page.inner_text("#because-card").lower()


def read_its_page(page):
    page.click("#because-card h2 a")
    expect(page.locator("h1").first).to_have_text("Relationships and talking")
    page.wait_for_selector("text=Argument or conflict: 1 time")
    page.click("summary:has-text('What I will do')")
    expect(page.locator("text=You can hold it yourself").first).to_be_visible()
    page.go_back()


def add_its_goal(page):
    page.click("button:has-text('Add')")
    page.click("text=See the goal")
    expect(page.locator("h1").first).to_contain_text("time-out word")
    page.click("#steps button:has-text('Done')>>nth=0")
    expect(page.locator("#steps").first).to_contain_text("1 of ")


def write_find_remove_undo(page):
    page.goto("/journal/new/")
    page.fill("[name=went_well]", WORDS)
    page.click("text=Save entry")
    page.wait_for_url("**/saved/entry/**")
    page.goto("/journal/search/")
    page.fill("[name=words]", "canal")
    page.click("main button:has-text('Search')")
    expect(page.locator("main").first).to_contain_text("1 found")
    page.click(".rows a")
    page.click("text=Remove")
    page.click("text=Undo")
    expect(page.locator("article").first).to_contain_text(WORDS)


def change_theme(page):
    page.goto("/settings/look/")
    page.click("label:has-text('Dark')")
    page.click("main button.main")
    page.wait_for_url("**/settings/?saved=look")
    page.goto("/today/")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto("/learn/")
    assert page.get_attribute("html", "data-theme") == "dark"


def export(page):
    page.goto("/data/export/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASS)
        page.click("main button.main")
    with page.expect_download() as download:
        page.click("text=Download")
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    data = json.loads(archive.read("data.json"))
    assert re.fullmatch(r"daybook-\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    assert [row["went_well"] for row in data["tables"]["entry"]] == [WORDS]
    assert data["tables"]["craving"][0]["triggers"] == ["argument"]
    assert WORDS in archive.read("journal.md").decode()


def recover(page, code):
    page.goto("/me/")
    page.click("text=Sign out")
    # The phone is wiped first, then the form is sent.
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    page.goto("/accounts/login/")
    page.click("text=Use your recovery code")
    page.fill("[name=username]", "walker")
    page.fill("[name=code]", code)
    page.fill("[name=password]", NEW_PASS)
    page.click("main button.main")
    expect(page.locator(".code").first).not_to_have_text(code)
    page.goto("/journal/")
    expect(page.locator("[data-kind=entry]")).to_have_count(1)


def close(page):
    page.goto("/settings/close/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", NEW_PASS)
        page.click("main button.main")
    page.check("[name=sure]")
    page.click("button:has-text('Close my account')")
    expect(page.locator("h1").first).to_contain_text("closed")
    page.goto("/today/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.fill("[name=login]", "walker")
    page.fill("[name=password]", NEW_PASS)
    page.click("main button.main")
    expect(page.locator(".error-summary").first).to_be_visible()


def test_a_new_persons_whole_way(open_page, site):
    page = open_page(timezone_id="America/Denver")
    code = sign_up(page)
    onboard(page)
    check_in(page)
    log_craving(page)
    read_its_page(page)
    add_its_goal(page)
    write_find_remove_undo(page)
    change_theme(page)
    export(page)
    recover(page, code)
    close(page)
    left = site.manage(code="from accounts.models import Person; print(Person.objects.filter(username='walker').count())")
    assert left.strip() == "0"
    assert b"canal" not in site.log.read_bytes()


def test_a_draft_outlives_a_closed_tab(open_page, signed_in):
    page = open_page(storage_state=signed_in("heron"))
    page.goto("/journal/new/")
    page.fill("[name=went_well]", "Half a sentence about the")
    page.wait_for_selector("text=A draft is kept")
    page.context.new_page().goto("/journal/new/")
    other = page.context.pages[-1]
    page.close()
    other.click("text=Go on with it")
    assert other.input_value("[name=went_well]") == "Half a sentence about the"


def test_quick_exit_leaves_at_once(open_page, signed_in):
    page = open_page(storage_state=signed_in("heron"))
    page.goto("/settings/phone/")
    page.click("label:has-text('Yes')")
    page.click("main button.main")
    page.wait_for_url("**/settings/?saved=phone")
    page.goto("/journal/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/exit/")
    expect(page.locator("h1").first).to_have_text("This page is empty.")


def test_the_whole_way_by_keyboard(open_page, signed_in):
    page = open_page(storage_state=signed_in("heron"))
    page.goto("/log/craving/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "intensity":
            break
    page.keyboard.press("Space")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved/craving/**")
