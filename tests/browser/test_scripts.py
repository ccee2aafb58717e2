"""A thousand random stories of a phone: what was kept is on the server once, under the right person, whatever went wrong."""

import os
import random
import uuid
from collections import Counter

import pytest

from tests.browser.people import TABLES, make_people, stored
from tests.browser.test_offline import until, wait_for_key, waiting

pytestmark = pytest.mark.browser

STORIES, SEED, PEOPLE = int(os.environ.get("STORIES", "1000")), 20261124, 60
OUTBOX = """async () => { const base = document.querySelector('script[src*="offline/outbox_page"]').src;
  const name = (await (await fetch(base)).text()).match(/"\\.\\/(outbox[^"]*)"/)[1]; window.outbox = await import(new URL(name, base)); }"""
KEEP = """async ([id, kind, fields, at]) => { const whose = await outbox.owner();
  await outbox.keep({ id, kind, fields, at: new Date(at) }); return whose; }"""
FIELDS = {
    "check-in": [["mood", "3"], ["when", "now"]],
    "craving": [["intensity", "6"], ["triggers", "argument"], ["when", "now"]],
    "use": [["when", "now"]],
    "entry": [["body", "Three words here."], ["when", "now"]],
}
NOW, DAY = 1_795_500_000_000, 86_400_000
ANSWERS = {
    "500": {"status": 500, "body": "oh"},
    "413": {"status": 413, "json": {"error": "size"}},
    "422": {"status": 422, "json": {"error": "unreadable"}},
    "401": {"status": 401, "json": {"error": "auth"}},
    "403": {"status": 403, "body": "no"},
    "a café's page": {"status": 200, "body": "<h1>Welcome</h1>", "content_type": "text/html"},
    "sign-in": {"status": 302, "headers": {"Location": "/accounts/login/"}},
}


class World:
    """A phone, two people who share it, and a network that can go wrong once in a while."""

    def __init__(self, site, browser):
        self.site, self.dice = site, random.Random(SEED)
        self.people = make_people(site, PEOPLE)
        self.context = browser.new_context(base_url=site.address)
        self.fault, self.kept, self.did = None, {}, Counter()
        self.context.route("**/sync/", self.answer)
        self.context.route("**/session/", self.answer)
        self.hashes = {}
        self.open()

    def open(self):
        self.page = self.context.new_page()
        self.page.goto("/outbox/")
        self.page.evaluate(OUTBOX)

    def answer(self, route):
        fault = self.fault
        if fault is None or (route.request.url.endswith("/session/") and fault in ("lost", "413", "422")):
            route.continue_()
        elif fault == "cut":
            route.abort("connectionfailed")
        elif fault == "lost":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.fulfill(**ANSWERS[fault])

    def sign_in(self, someone):
        """As a personal page does when it opens: the phone learns whose logs come next."""
        someone.sign_in(self.site, self.context)
        told = self.page.evaluate("outbox.session()")
        self.hashes[told["owner"]] = someone.pk

    def flush(self):
        self.page.evaluate("outbox.flush({ now: true }).then(() => null)")

    def queue(self):
        kind, row_id = self.dice.choice(list(FIELDS)), str(uuid.uuid4())
        at = NOW + self.dice.choice([0, 0, 0, -2 * DAY, -900 * DAY, 3 * DAY, 5000 * DAY])
        owner = self.page.evaluate(KEEP, [row_id, kind, FIELDS[kind], at])
        self.kept[row_id.replace("-", "")] = (self.hashes[owner], kind)

    def kill(self):
        self.page.close()
        self.open()

    def expire(self):
        self.context.clear_cookies()

    def act(self, pair):
        """One thing happens."""
        what = self.dice.choices(["queue", "kill", "expire", "switch", "wrong answer", "flush"], [8, 1, 2, 2, 6, 2])[0]
        self.did[what] += 1
        if what == "switch":
            self.sign_in(self.dice.choice(pair))
        elif what == "wrong answer":
            self.fault = self.dice.choice(["cut", "lost", *ANSWERS])
            self.did[self.fault] += 1
            self.flush()
            self.fault = None
        else:
            getattr(self, what)()

    def mend(self, pair):
        """Each of the two signs in once more; what needs a look is opened and put back as it was typed."""
        look = [row for row in waiting(self.page) if row["state"] == "look"]
        assert all(row["why"] in ("size", "unreadable") for row in look), look
        for row in look:
            self.page.evaluate("""async (row) => { const open = indexedDB.open('daybook', 1); await new Promise((done) => { open.onsuccess = done; });
              const change = open.result.transaction('outbox', 'readwrite'); change.objectStore('outbox').put({ ...row, state: 'waiting' });
              await new Promise((done) => { change.oncomplete = done; }); open.result.close(); }""", row)  # fmt: skip
        for someone in pair:
            self.sign_in(someone)
            self.flush()
        assert waiting(self.page) == []


def test_a_thousand_stories_lose_nothing_double_nothing_and_mix_nobody_up(site, browser):
    world = World(site, browser)
    try:
        world.people[0].sign_in(site, world.context)
        world.page.goto("/today/")
        wait_for_key(world.page)
        world.kill()
        until(world.page, lambda: world.page.evaluate("Boolean(window.outbox)"))
        for number in range(STORIES):
            pair = [world.people[(2 * number) % PEOPLE], world.people[(2 * number + 1) % PEOPLE]]
            world.sign_in(world.dice.choice(pair))
            for _ in range(world.dice.randint(3, 8)):
                world.act(pair)
            world.mend(pair)
    finally:
        world.context.close()
    ours = {someone.pk for someone in world.people}
    found = {kind: [row for row in stored(site, kind) if row[1] in ours] for kind in TABLES}
    print(f"\n{STORIES} stories, {len(world.kept)} logs; {dict(world.did)}")
    assert sum(map(len, found.values())) == len(world.kept)  # none doubled
    assert {row: (owner, kind) for kind, rows in found.items() for row, owner in rows} == world.kept  # none lost, none mixed up
