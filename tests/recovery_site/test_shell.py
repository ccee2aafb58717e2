"""The pages a phone keeps: the same for everybody, complete, light, and under a version that changes when they do."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from library.models import Trigger
from library.shelf import touch_stamp
from recovery_site.offline import shell
from tests.recovery_site.parcels import Phone

KINDS = ("check-in", "craving", "use", "entry", "offline")
PAGES = ("/sos/", "/outbox/", "/log/use/safety/", *(f"/shell/{kind}/" for kind in KINDS))


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_is_the_same_for_everybody_and_holds_nothing_of_anybody(path, mine, client):
    theirs, stranger = mine.get(path), client.get(path)
    assert theirs.content == stranger.content == mine.get(path).content
    assert not theirs.cookies and theirs["Cache-Control"].startswith("public")
    assert b"csrfmiddlewaretoken" not in theirs.content and b"data-owner" not in theirs.content


@pytest.mark.parametrize("kind", KINDS[:4])
def test_a_kept_form_has_an_empty_id_for_the_phone_to_fill(kind, db):
    page = shell.shell_html(kind)
    assert f'data-offline="{kind}"' in page and re.search(r'<input type="hidden" name="id" id="id_id">', page)


def test_the_kept_craving_form_offers_the_whole_vocabulary_and_nobodys_own(mine):
    mine.post("/log/craving/", {"intensity": "3", "own_trigger": "the red door"})
    page = mine.get("/shell/craving/").content.decode()
    assert "Argument or conflict" in page and "Ride the wave" in page and "the red door" not in page


def test_an_unknown_shell_is_absent(client, db):
    assert client.get("/shell/nothing/").status_code == 404


def told_by(response):
    return json.loads(re.search(r"const TOLD = (.*);", response.content.decode())[1])


def test_the_worker_keeps_every_file_its_pages_need(client, db):
    told = told_by(client.get("/sw.js"))
    needed = {"/static/icons.svg"}
    for path in told["pages"]:
        needed |= set(re.findall(r'(?:src|href)="(/static/[^"#]+)"', client.get(path).content.decode()))
    for name in [path.removeprefix("/static/") for path in told["files"] if path.endswith(".js")]:
        folder = name.rsplit("/", 1)[0]
        for found in re.findall(r'from "(\.[^"]+)"', Path(finders.find(name)).read_text()):
            base = f"{folder}/{found.removeprefix('./')}" if found.startswith("./") else f"js/{found.removeprefix('../')}"
            needed.add(f"/static/{base}")
    assert needed - set(told["files"]) == set()
    assert set(told["standsIn"].values()) | {told["offline"]} == set(told["pages"])


def test_the_version_changes_when_a_kept_page_does(client, db):
    first = told_by(client.get("/sw.js"))["version"]
    assert told_by(client.get("/sw.js"))["version"] == first
    Trigger.objects.filter(slug="argument").update(name="A row with somebody")
    touch_stamp()
    assert told_by(client.get("/sw.js"))["version"] != first


def test_the_worker_is_asked_for_anew_and_may_serve_the_whole_site(client, db):
    answer = client.get("/sw.js")
    assert answer["Cache-Control"] == "no-cache" and answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")


def test_the_manifest_says_nothing_of_what_this_is_for(client, db):
    text = client.get("/manifest.webmanifest").content.decode().lower()
    assert not [word for word in ("recover", 'craving"', "addict", "opioid", 'use"') if word in text]
    assert [way["url"] for way in json.loads(text)["shortcuts"]] == ["/sos/", "/log/check-in/", "/log/craving/"]


def test_the_whole_shell_weighs_at_most_100_kilobytes(client, db):
    told = told_by(client.get("/sw.js"))
    bodies = [client.get(path).content for path in (*told["pages"], "/sw.js")]
    bodies += [Path(finders.find(path.removeprefix("/static/"))).read_bytes() for path in told["files"]]
    assert sum(len(gzip.compress(body)) for body in bodies) <= 100 * 1024


def test_a_log_that_needs_a_look_opens_in_its_own_form_with_what_was_typed(mine):
    sealed = Phone(mine).parcel("craving", {"note": "half a thought", "intensity": "11"})
    answer = mine.post("/outbox/look/", {**sealed, "schema_version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "half a thought" in page and 'action="/log/craving/"' in page
    assert sealed["client_uuid"] in page and "Choose a number from 0 to 10" in page


def test_somebody_elses_sealed_log_does_not_open(mine, stranger, client_of):
    sealed = Phone(client_of(stranger)).parcel("craving", {"note": "not yours", "intensity": "5"})
    assert mine.post("/outbox/look/", {**sealed, "schema_version": "1"}).status_code == 404


@pytest.mark.parametrize(
    "broken", [{"sealed": "AAAA"}, {"schema_version": "x"}, {"type": "draft"}, {"client_uuid": "1"}, {"key": ""}]
)
def test_a_broken_parcel_does_not_open(broken, mine):
    sealed = Phone(mine).parcel("craving", {"intensity": "5"}) | {"schema_version": "1"} | broken
    assert mine.post("/outbox/look/", sealed).status_code == 404
