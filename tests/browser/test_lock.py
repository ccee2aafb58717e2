"""Somebody else picks up the phone: what they see, and what they do not."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import make_people
from tests.browser.test_offline import CONTENT, STORE, wait_for_key

pytestmark = pytest.mark.browser
PIN, FIVE_MINUTES = "271828", 5 * 60_000 + 1000


@pytest.fixture
def mine(site, browser):
    """A new person's phone, with one contact in their plan."""
    someone = make_people(site, 1)[0]
    context = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 760})
    someone.sign_in(site, context)
    page = context.new_page()
    page.goto("/plan/people/")
    page.fill("[name=text]", "Wordthatleaks")
    page.fill("[name=phone]", "+44 20 7946 0000")
    page.locator("main form button.main").first.click()
    page.wait_for_selector("text=Wordthatleaks")
    page.goto("/today/")
    wait_for_key(page)
    yield page
    context.close()


def set_lock(page):
    page.goto("/settings/this-phone/")
    page.fill("#pin1", PIN)
    page.fill("#pin2", PIN)
    page.click("text=Switch the lock on")
    expect(page.locator("[data-lock-state]")).to_have_text("The lock is on.")


def away(page):
    """Five minutes pass on the phone's clock since it was last looked at."""
    page.evaluate(
        "(ms) => { const lock = JSON.parse(localStorage.lock); lock.seen -= ms; localStorage.lock = JSON.stringify(lock); }",
        FIVE_MINUTES,
    )


def test_after_five_minutes_away_a_page_is_covered_until_the_number_is_given(mine):
    set_lock(mine)
    mine.goto("/plan/")
    expect(mine.locator("text=Wordthatleaks").first).to_be_visible()
    page = mine.context.new_page()
    mine.close()
    page.goto("/sos/")
    away(page)
    page.goto("/plan/")
    expect(page.locator(".lock h1")).to_have_text("Locked")
    expect(page.locator("text=Wordthatleaks").first).not_to_be_visible()
    page.fill("#lock-pin", "000000")
    page.click(".lock >> text=Open")
    expect(page.locator(".lock [role=status]")).to_contain_text("That was not it")
    page.fill("#lock-pin", PIN)
    page.click(".lock >> text=Open")
    expect(page.locator("text=Wordthatleaks").first).to_be_visible()


def test_help_stays_open_while_the_phone_is_locked_and_shows_nobodys_people(mine):
    set_lock(mine)
    mine.click("text=Lock now")
    mine.click(".lock >> text=Help now")
    mine.click("[data-rate='5']")
    assert "Wordthatleaks" not in mine.content()


def test_differing_or_short_numbers_are_refused_with_a_reason(mine):
    mine.goto("/settings/this-phone/")
    mine.fill("#pin1", "1234")
    mine.click("text=Switch the lock on")
    expect(mine.locator("[data-lock-state]")).to_contain_text("six to twelve digits")
    mine.fill("#pin1", PIN)
    mine.fill("#pin2", "271829")
    mine.click("text=Switch the lock on")
    expect(mine.locator("[data-lock-state]")).to_contain_text("The two numbers differ")


def test_a_plan_kept_on_the_phone_is_sealed_and_opens_without_a_connection(mine):
    set_lock(mine)
    mine.fill("#pin3", PIN)
    mine.click("text=Keep my plan on this phone")
    expect(mine.locator("[data-plan-state]")).to_contain_text("Kept here since")
    assert "Wordthatleaks" not in mine.evaluate(CONTENT) and PIN not in mine.evaluate(CONTENT)
    mine.context.set_offline(True)
    mine.goto("/plan/")
    mine.fill("#pin", "111111")
    mine.click("text=Open it")
    expect(mine.locator("[data-plan-state]")).to_contain_text("That was not it")
    mine.fill("#pin", PIN)
    mine.click("text=Open it")
    assert mine.get_attribute("a.btn.indigo:has-text('Call')", "href") == "tel:+442079460000"
    mine.goto("/sos/")
    mine.click("[data-call]") if mine.locator("[data-people] a[href^='tel:']").count() else None
    mine.click("[data-rate='5']")
    for step in ("breathe", "wave", "do"):
        mine.click(f"[data-step={step}] [data-go]")
    mine.fill("#sos-pin", PIN)
    mine.click("text=Show them")
    expect(mine.locator("[data-people] a[href^='sms:']")).to_have_attribute(
        "href", "sms:+442079460000?body=Could%20you%20keep%20me%20company%20for%20ten%20minutes%3F"
    )


def test_signing_out_takes_the_plan_and_the_lock_off_the_phone(mine, site):
    set_lock(mine)
    mine.fill("#pin3", PIN)
    mine.click("text=Keep my plan on this phone")
    expect(mine.locator("[data-plan-state]")).to_contain_text("Kept here since")
    mine.goto("/accounts/logout/")
    mine.click("main form button.main")
    mine.wait_for_url(site.address + "/")
    assert mine.evaluate(STORE, "meta") == [] or [row["name"] for row in mine.evaluate(STORE, "meta")] == ["key"]
    assert mine.evaluate("localStorage.length") == 0


def test_three_presses_of_shift_leave_at_once_and_lock(mine, site):
    set_lock(mine)
    mine.context.add_cookies([{"name": "prefs", "value": "theme:system|exit:1", "url": site.address}])
    mine.goto("/plan/")
    for _ in range(3):
        mine.keyboard.press("Shift")
    mine.wait_for_url("**/exit/")
    assert mine.title() == "Page"
    mine.goto("/plan/")
    expect(mine.locator(".lock h1")).to_have_text("Locked")


def test_a_hidden_page_is_blank(mine):
    mine.goto("/plan/")
    hidden = "() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }"
    mine.evaluate(hidden)
    assert mine.evaluate("getComputedStyle(document.body).visibility") == "hidden"
    mine.evaluate(hidden.replace("'hidden', conf", "'visible', conf"))
    assert mine.evaluate("getComputedStyle(document.body).visibility") == "visible"


def test_a_phone_that_others_use_signs_out_with_the_browser_and_keeps_no_page(mine):
    mine.goto("/settings/this-phone/")
    mine.click("text=Others use it, too")
    [cookie] = [one for one in mine.context.cookies() if one["name"] == "sessionid"]
    assert cookie["expires"] == -1
    mine.goto("/learn/craving/")
    mine.goto("/today/")
    mine.wait_for_timeout(300)
    assert "learn" not in mine.evaluate("caches.keys()")
