"""How many taps it takes, counted on the page; and a phone whose browser dies."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGS
from tests.browser.people import logs_of, make_people
from tests.browser.test_offline import all_sent, log_all, wait_for_key, waiting

pytestmark = pytest.mark.browser
COUNT = "addEventListener('click', (event) => { if (event.isTrusted && event.detail) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1; }, true);"


@pytest.fixture
def today(site, browser):
    """Today on a phone of 360 px, with a counter of taps."""
    context = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 760})
    context.add_init_script(COUNT)
    make_people(site, 1)[0].sign_in(site, context)
    page = context.new_page()
    page.goto("/today/")
    yield page
    context.close()


def taps(page):
    return int(page.evaluate("sessionStorage.taps ?? 0"))


def test_help_is_one_tap_away(today):
    today.click(".bar .sos")
    expect(today.locator("text=How strong is it right now?")).to_be_visible()
    assert taps(today) == 1
    today.click("[data-rate='6']")
    today.click("text=Save and finish")
    expect(today.locator("[data-after-save]")).to_contain_text("Saved")
    assert taps(today) == 3


def test_a_craving_takes_three_taps(today):
    today.click("text=Log a craving")
    today.locator("fieldset#id_intensity input[value='7']").click()
    today.click("text=Save craving")
    today.wait_for_url("**/saved/craving/**")
    assert taps(today) == 3


def test_a_check_in_takes_at_most_five_taps(today):
    for words in ("How are you?", "Craving today", "How did you sleep?"):
        today.locator(f"fieldset:has(legend:text-is('{words}')) input").first.click()
    today.click("text=Save check-in")
    today.wait_for_url("**/saved/check-in/**")
    assert taps(today) <= 5


def browser_of(folder):
    """The main process of the browser that has this profile."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        words = entry.read_bytes().split(b"\0") if entry.exists() else []
        if f"--user-data-dir={folder}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            return int(entry.parent.name)
    raise AssertionError("the browser is not there")


def test_a_browser_that_is_killed_without_a_connection_loses_nothing(site, player, tmp_path):
    someone = make_people(site, 1)[0]
    options = {"base_url": site.address, "viewport": {"width": 360, "height": 760}, "args": ARGS}
    options["executable_path"] = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    context = player.chromium.launch_persistent_context(str(tmp_path), **options)
    someone.sign_in(site, context)
    page = context.new_page()
    page.goto("/today/")
    wait_for_key(page)
    context.set_offline(True)
    log_all(page)
    with context.expect_event("close"):
        os.kill(browser_of(tmp_path), signal.SIGKILL)
    assert set(logs_of(site, someone).values()) == {0}
    context = player.chromium.launch_persistent_context(str(tmp_path), **options)
    context.set_offline(True)
    page = context.new_page()
    for path in ("/sos/", "/log/check-in/", "/log/craving/", "/log/use/", "/journal/new/", "/outbox/"):
        assert page.goto(path).from_service_worker
    assert len(waiting(page)) == 5
    someone.sign_in(site, context)
    context.set_offline(False)
    page.goto("/today/")
    all_sent(page)
    context.close()
    assert logs_of(site, someone) == {"check-in": 1, "craving": 2, "use": 1, "entry": 1}
