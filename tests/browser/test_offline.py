"""Without a connection: what a person saves is kept on the phone, and reaches the server exactly once."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.gate import Gate
from tests.browser.people import logs_of, make_people, query
from tests.browser.test_pages import violations

pytestmark = pytest.mark.browser

SHELLS = ["/sos/", "/outbox/", "/log/use/safety/", "/log/check-in/", "/log/craving/", "/log/use/", "/journal/new/", "/plan/"]
NO_SYNC = "delete self.ServiceWorkerRegistration?.prototype.sync; delete self.SyncManager;"
CONTENT = """async () => { const found = []; for (const name of await caches.keys()) { const cache = await caches.open(name);
  for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text()); }
  const open = indexedDB.open('daybook', 1); await new Promise((done) => { open.onsuccess = done; });
  for (const name of open.result.objectStoreNames) { const all = open.result.transaction(name).objectStore(name).getAll();
    await new Promise((done) => { all.onsuccess = done; }); found.push(JSON.stringify(all.result)); }
  open.result.close(); found.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })); return found.join('\\n'); }"""


@pytest.fixture(params=["with background sync", "without"])
def phone(request, site, browser):
    """A phone on which a new person is signed in and has opened Today once."""
    someone = make_people(site, 1)[0]
    context = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 760}, timezone_id="Europe/London")
    if request.param == "without":
        context.add_init_script(NO_SYNC)
    someone.sign_in(site, context)
    page = context.new_page()
    page.goto("/today/")
    wait_for_key(page)
    page.someone = someone
    yield page
    context.close()


STORE = """(name) => new Promise((done) => { const open = indexedDB.open('daybook', 1);
  open.onupgradeneeded = () => { open.transaction.abort(); done([]); };
  open.onsuccess = () => { const got = open.result.transaction(name).objectStore(name).getAll();
    got.onsuccess = () => { done(got.result); open.result.close(); }; }; })"""


def until(page, is_so):
    """Wait for something on the page; the policy forbids the driver's own way of waiting (it evaluates text)."""
    for _ in range(150):
        if is_so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come about in 15 seconds")


def wait_for_key(page):
    """The server's key is on the phone, and the page is in the worker's hands."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    until(page, lambda: any(row["name"] == "key" for row in page.evaluate(STORE, "meta")))


def waiting(page):
    return page.evaluate(STORE, "outbox")


def all_sent(page):
    until(page, lambda: not waiting(page))


def log_craving(page, number=6, note=""):
    page.goto("/log/craving/")
    page.check(f"[name=intensity][value='{number}']", force=True)
    if note:
        page.click("summary:has-text('More: how it went on')")
        page.fill("[name=note]", note)
    page.click("text=Save craving")


def log_all(page):
    """One log of each kind, and a whole hard moment."""
    page.goto("/log/check-in/")
    page.check("[name=mood][value='3']", force=True)
    page.click("text=Save check-in")
    page.wait_for_selector("[data-kept]")
    log_craving(page)
    page.wait_for_selector("[data-kept]")
    page.goto("/log/use/")
    page.click("main form button.main")
    page.wait_for_selector("[data-kept]")
    page.goto("/journal/new/")
    page.fill("[name=went_well]", "I took the long way home.")
    page.click("text=Save entry")
    page.wait_for_selector("[data-kept]")
    hard_moment(page)
    expect(page.locator("[data-after-save]")).to_contain_text("On this phone")


def hard_moment(page, before=7, after=4):
    page.goto("/sos/")
    page.click(f"[data-rate='{before}']")
    page.click("[data-step=breathe] [data-go]")
    page.click("[data-step=wave] [data-go]")
    page.click("[data-step=do] summary >> nth=0")
    page.click("[data-step=do] [data-did]:visible >> nth=0")
    page.click("[data-step=do] [data-go]")
    page.click("[data-step=people] [data-go]")
    page.click(f"[data-after='{after}']")


def test_every_kept_page_opens_without_a_connection_and_asks_the_server_nothing(site, browser):
    gate = Gate(int(site.address.rsplit(":", 1)[1]))
    context = browser.new_context(base_url=f"http://127.0.0.1:{gate.port}", viewport={"width": 360, "height": 760})
    make_people(site, 1)[0].sign_in(site, context)
    page = context.new_page()
    page.goto("/today/")
    wait_for_key(page)
    context.set_offline(True)
    page.wait_for_timeout(300)
    before = gate.came
    assert before > 0 and page.evaluate("navigator.onLine") is False
    for path in SHELLS:
        answer = page.goto(path)
        assert answer.from_service_worker and answer.status == 200, path
        expect(page.locator("h1").first).to_be_visible()
    assert "There is no connection" in page.goto("/insights/").text()
    page.goto("/log/craving/")
    page.check("[name=intensity][value='3']", force=True)
    page.click("text=Save craving")
    page.wait_for_selector("[data-kept]")
    assert gate.came == before
    context.close()
    gate.close()


def test_all_logs_wait_survive_a_reload_and_arrive_once(phone, site):
    phone.context.set_offline(True)
    log_all(phone)
    phone.reload()
    assert len(waiting(phone)) == 5 and set(logs_of(site, phone.someone).values()) == {0}
    page = phone.context.new_page()
    phone.close()
    page.goto("/outbox/")
    expect(page.locator("[data-outbox] li")).to_have_count(5)
    page.context.set_offline(False)
    all_sent(page)
    page.reload()
    assert logs_of(site, phone.someone) == {"check-in": 1, "craving": 2, "use": 1, "entry": 1}


PLACES = """() => [...document.querySelectorAll("main input, main button, main h1")].filter((part) => part.checkVisibility())
  .map((part) => part.getBoundingClientRect().top)"""


def test_the_line_about_what_waits_moves_nothing_a_finger_is_on_its_way_to(phone):
    phone.context.set_offline(True)
    log_craving(phone)
    phone.wait_for_selector("[data-kept]")
    phone.goto("/log/craving/")
    line = phone.locator(".foot .notice")
    expect(line).to_contain_text("1 log on this phone, not sent yet.")
    expect(line).to_be_in_viewport()
    with_line = phone.evaluate(PLACES)
    line.evaluate("(part) => { part.hidden = true; }")
    assert phone.evaluate(PLACES) == with_line


SLOW_AT_FIRST = """const seal = SubtleCrypto.prototype.encrypt; let left = 5;
  SubtleCrypto.prototype.encrypt = async function (...words) {
    if (left) await new Promise((go) => { setTimeout(go, 200 * left--); });
    return seal.apply(this, words); };"""


def test_an_earlier_step_of_a_hard_moment_never_takes_the_place_of_the_last(phone, site):
    phone.add_init_script(SLOW_AT_FIRST)
    phone.context.set_offline(True)
    hard_moment(phone)
    expect(phone.locator("[data-after-save]")).to_contain_text("On this phone")
    assert [item["state"] for item in waiting(phone)] == ["waiting"]  # it says so only when the whole of it is kept
    phone.wait_for_timeout(1500)
    assert [item["state"] for item in waiting(phone)] == ["waiting"]
    phone.context.set_offline(False)
    all_sent(phone)
    sql = f"SELECT intensity, intensity_after FROM journal_craving WHERE person_id = '{phone.someone.pk}'"
    assert query(site, sql) == [(7, 4)]


def test_a_hard_moment_keeps_its_numbers_and_what_was_done(phone, site):
    phone.context.set_offline(True)
    hard_moment(phone)
    phone.context.set_offline(False)
    all_sent(phone)
    sql = f"SELECT intensity, intensity_after, strategies FROM journal_craving WHERE person_id = '{phone.someone.pk}'"
    [(before, after, strategies)] = query(site, sql)
    assert (before, after) == (7, 4) and json.loads(strategies) if isinstance(strategies, str) else strategies


def test_closing_the_tab_in_the_middle_of_a_hard_moment_loses_nothing(phone, site):
    phone.goto("/sos/")
    phone.click("[data-rate='8']")
    expect(phone.locator(".flow [data-kept]")).to_contain_text("Kept on this phone")
    phone.goto("/today/")
    all_sent(phone)
    assert logs_of(site, phone.someone)["craving"] == 1


def test_an_answer_lost_after_the_server_stored_makes_one_row(phone, site):
    lost = []

    def drop(route):
        # Background Sync may try again at once, so no answer comes through until the test has looked.
        lost.append(route.fetch().json())
        route.abort("connectionreset")

    phone.context.route("**/sync/", drop)
    log_craving(phone)
    phone.wait_for_selector("[data-kept]")
    assert lost[0]["results"][0]["status"] == "created" and len(waiting(phone)) == 1
    assert {answer["results"][0]["status"] for answer in lost[1:]} <= {"duplicate"}
    phone.context.unroute("**/sync/")
    phone.goto("/outbox/")
    all_sent(phone)
    assert logs_of(site, phone.someone)["craving"] == 1


def test_somebody_else_signing_in_while_a_log_is_sent_mixes_nobody_up(phone, site):
    other, sent = make_people(site, 1)[0], []

    def switch(route):
        sent.append(route.request.post_data_json["owner"])
        if len(sent) == 1:
            other.sign_in(site, phone.context)
            route.fulfill(status=403, body="no")
        else:
            route.continue_()

    phone.context.route("**/sync/", switch)
    log_craving(phone)
    phone.wait_for_selector("[data-kept]")
    assert [item["state"] for item in waiting(phone)] == ["waiting"] and len(set(sent)) == 1
    phone.someone.sign_in(site, phone.context)
    phone.goto("/outbox/")
    all_sent(phone)
    assert logs_of(site, phone.someone)["craving"] == 1 and logs_of(site, other)["craving"] == 0


FAULTS = {
    "500": {"status": 500, "body": "oh"},
    "503": {"status": 503, "body": "{}", "content_type": "application/json", "headers": {"Retry-After": "1"}},
    "401": {"status": 401, "json": {"error": "auth"}},
    "403": {"status": 403, "body": "<h1>no</h1>", "content_type": "text/html"},
    "429": {"status": 429, "json": {"error": "rate"}},
    "409": {"status": 409, "json": {"error": "owner"}},
    "a café's page": {"status": 200, "body": "<h1>Welcome to our network</h1>", "content_type": "text/html"},
    "an empty list": {"status": 200, "json": {"results": []}},
    "somebody else's id": {"status": 200, "json": {"results": [{"client_uuid": "x", "status": "created"}]}},
    "sign-in": {"status": 302, "headers": {"Location": "/accounts/login/"}},
}


@pytest.mark.parametrize("where", ["**/sync/", "**/session/"])
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_to_a_wrong_answer(fault, where, site, browser, shared_person):
    context, someone = shared_person
    page = context.new_page()
    before = logs_of(site, someone)["craving"]
    context.route(where, lambda route: route.fulfill(**FAULTS[fault]))
    log_craving(page)
    page.wait_for_selector("[data-kept]")
    assert len(waiting(page)) == 1 and logs_of(site, someone)["craving"] == before
    context.unroute(where)
    page.goto("/outbox/")
    all_sent(page)
    page.close()
    assert logs_of(site, someone)["craving"] == before + 1


@pytest.fixture(scope="module")
def shared_person(site, browser):
    """One signed-in phone for many small tests."""
    someone = make_people(site, 1)[0]
    context = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 760})
    someone.sign_in(site, context)
    page = context.new_page()
    page.goto("/today/")
    wait_for_key(page)
    page.close()
    yield context, someone
    context.close()


@pytest.mark.parametrize("status", [413, 422])
def test_a_log_the_server_cannot_take_waits_for_a_look_and_is_not_dropped(status, site, shared_person):
    context, _someone = shared_person
    page = context.new_page()
    context.route("**/sync/", lambda route: route.fulfill(status=status, json={"error": "x"}))
    log_craving(page)
    page.wait_for_selector("[data-kept]")
    assert [item["state"] for item in waiting(page)] == ["look"]
    context.unroute("**/sync/")
    page.goto("/outbox/")
    expect(page.locator("[data-outbox] li")).to_contain_text("needs a look")
    page.click("text=Open and mend it")
    page.click("text=Save craving")
    page.wait_for_url("**/saved/craving/**")
    assert waiting(page) == []
    page.close()


def test_a_log_with_a_mistake_made_offline_is_mended_and_saved(phone, site):
    phone.context.set_offline(True)
    phone.goto("/log/craving/")
    phone.check("[name=intensity][value='5']", force=True)
    phone.click("summary:has-text('When?')")
    phone.check("[name=when][value=other]", force=True)
    phone.fill("[name=day]", "2091-01-01")
    phone.click("text=Save craving")
    phone.wait_for_selector("[data-kept]")
    phone.context.set_offline(False)
    phone.goto("/outbox/")
    phone.click("text=Open and mend it")
    expect(phone.locator(".error-summary")).to_contain_text("still to come")
    phone.fill("[name=day]", "2026-01-01")
    phone.click("text=Save craving")
    phone.wait_for_url("**/saved/craving/**")
    assert waiting(phone) == [] and logs_of(site, phone.someone)["craving"] == 1


def test_two_tabs_send_each_log_once(phone, site):
    other = phone.context.new_page()
    other.goto("/log/craving/")
    phone.goto("/log/craving/")
    phone.context.set_offline(True)
    for page in (phone, other):
        page.check("[name=intensity][value='4']", force=True)
        page.click("text=Save craving")
        page.wait_for_selector("[data-kept]")
    phone.context.set_offline(False)
    all_sent(phone)
    all_sent(other)
    assert logs_of(site, phone.someone)["craving"] == 2


def test_another_person_signing_in_does_not_send_my_logs(phone, site):
    other = make_people(site, 1)[0]
    phone.context.set_offline(True)
    log_craving(phone, note="Only for me.")
    phone.wait_for_selector("[data-kept]")
    phone.context.set_offline(False)
    mine = phone.someone
    other.sign_in(site, phone.context)
    phone.goto("/today/")
    phone.goto("/outbox/")
    phone.wait_for_timeout(600)
    assert logs_of(site, other)["craving"] == 0
    mine.sign_in(site, phone.context)
    phone.goto("/today/")
    all_sent(phone)
    assert (logs_of(site, mine)["craving"], logs_of(site, other)["craving"]) == (1, 0)


def test_an_ended_sign_in_keeps_the_log_and_asks(phone, site):
    phone.goto("/log/craving/")
    phone.context.clear_cookies()
    phone.check("[name=intensity][value='4']", force=True)
    phone.click("text=Save craving")
    expect(phone.locator("[data-kept]").last).to_contain_text("Your sign-in has ended")
    assert len(waiting(phone)) == 1
    phone.someone.sign_in(site, phone.context)
    phone.goto("/today/")
    all_sent(phone)
    assert logs_of(site, phone.someone)["craving"] == 1


def leave(page):
    page.goto("/accounts/logout/")
    page.click("main form button.main")


def queue_one(page):
    page.context.route("**/sync/", lambda route: route.abort())
    log_craving(page, note="wordthatleaks")
    page.wait_for_selector("[data-kept]")


def test_signing_out_asks_about_unsent_logs_and_can_stay(phone, site):
    queue_one(phone)
    leave(phone)
    expect(phone.locator("dialog")).to_contain_text("1 log not sent yet")
    phone.click("text=Stay signed in")
    assert len(waiting(phone)) == 1
    phone.goto("/today/")
    assert "/today/" in phone.url


def test_signing_out_can_send_first(phone, site):
    queue_one(phone)
    leave(phone)
    phone.click("dialog >> text=Send now")
    expect(phone.locator("dialog [role=status]")).to_contain_text("still here")
    phone.context.unroute("**/sync/")
    phone.click("dialog >> text=Send now")
    phone.wait_for_url(site.address + "/")
    assert logs_of(site, phone.someone)["craving"] == 1 and phone.someone.pk not in phone.evaluate(CONTENT)


def test_signing_out_can_discard_and_leaves_nothing_of_that_person(phone, site):
    phone.goto("/learn/craving/")
    queue_one(phone)
    [item] = waiting(phone)
    assert "wordthatleaks" not in phone.evaluate(CONTENT)
    leave(phone)
    phone.click("dialog >> text=Delete 1 log and sign out")
    phone.wait_for_url(site.address + "/")
    left = phone.evaluate(CONTENT)
    assert item["owner"] not in left and item["id"] not in left and "learn" not in phone.evaluate("caches.keys()")
    assert logs_of(site, phone.someone)["craving"] == 0


def test_nothing_personal_is_kept_in_clear(phone, site):
    phone.goto("/journal/new/")
    phone.fill("[name=went_well]", "wordthatleaks in an entry")
    phone.click("text=Save entry")
    phone.wait_for_url("**/saved/entry/**")
    for path in ("/today/", "/journal/", "/history/", "/plan/", "/insights/", "/learn/craving/", "/sos/"):
        phone.goto(path)
    phone.context.set_offline(True)
    log_craving(phone, note="wordthatleaks in a note")
    phone.wait_for_selector("[data-kept]")
    content = phone.evaluate(CONTENT)
    assert "wordthatleaks" not in content and phone.someone.name not in content and phone.someone.key not in content


def test_fifty_logs_arrive_in_one_go_and_the_fifty_first_after_them(phone, site):
    phone.context.set_offline(True)
    phone.goto("/outbox/")
    phone.evaluate(
        """async () => { const base = document.querySelector('script[src*="offline/outbox_page"]').src;
        const text = await (await fetch(base)).text(); const name = text.match(/"\\.\\/(outbox[^"]*)"/)[1];
        const { keep } = await import(new URL(name, base)); const seal = text; const ids = [];
        for (let n = 0; n < 51; n += 1) { const id = crypto.randomUUID();
          await keep({ id, kind: 'craving', fields: [['intensity', String(n % 11)], ['when', 'now']] }); } }"""
    )
    assert len(waiting(phone)) == 51
    phone.context.set_offline(False)
    all_sent(phone)
    assert logs_of(site, phone.someone)["craving"] == 51


def test_a_full_phone_says_so_and_keeps_the_text_on_the_screen(phone):
    phone.goto("/log/craving/")
    phone.context.set_offline(True)
    phone.evaluate(
        """() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"""
    )
    phone.check("[name=intensity][value='6']", force=True)
    phone.click("text=Save craving")
    expect(phone.locator(".error-summary")).to_contain_text("could not keep it")
    assert phone.is_checked("[name=intensity][value='6']")


def test_a_clock_that_is_wrong_does_not_hide_a_log(phone, site):
    phone.clock.set_system_time("2031-05-05T12:00:00Z")
    phone.context.set_offline(True)
    log_craving(phone)
    phone.wait_for_selector("[data-kept]")
    phone.context.set_offline(False)
    all_sent(phone)
    [(day,)] = query(site, f"SELECT local_day FROM journal_craving WHERE person_id = '{phone.someone.pk}'")
    assert str(day) < "2031"


def test_kept_pages_are_usable_by_everybody(phone):
    phone.context.set_offline(True)
    log_craving(phone)
    phone.wait_for_selector("[data-kept]")
    found = violations(phone)
    for path in [*SHELLS, "/shell/offline/"]:
        phone.goto(path)
        phone.wait_for_timeout(150)
        found += violations(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert found == []
