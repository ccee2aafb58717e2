"""Opened, finished, answered, kept for later: for the person alone, and safe to say twice."""

import html
import io
import json
import zipfile

import pytest

from reading.models import Reading
from tests.conftest import PASS_PHRASE

PAGE = "/learn/craving/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def act(client, name, **data):
    return client.post(f"/reading/craving/{name}/", data)


def said(client, path):
    return html.unescape(client.get(path).content.decode())


def test_a_page_kept_for_later_stands_in_the_list_until_it_is_read(mine):
    assert act(mine, "later").url == PAGE
    assert "Kept for later" in said(mine, "/reading/") and "Craving: a wave you can ride" in said(mine, "/reading/")
    assert act(mine, "finished", next="list").url == "/reading/"
    page = said(mine, "/reading/")
    assert "Kept for later" not in page and "<h2>Read</h2>" in page
    act(mine, "not-finished")
    assert "Nothing here yet" in said(mine, "/reading/")


def test_opening_is_noted_once_and_shows_as_opened(mine, grant):
    for _ in range(2):
        assert act(mine, "opened").status_code == 204
    assert Reading.objects.for_grant(grant).count() == 1
    assert "<h2>Opened</h2>" in said(mine, "/reading/")


def test_the_fragment_tells_the_server_that_the_page_was_opened(mine):
    fragment = mine.get("/learn-mine/craving/", **HTMX).content.decode()
    assert 'hx-post="/reading/craving/opened/" hx-trigger="load"' in fragment
    assert "hx-trigger" not in mine.get("/learn-mine/craving/").content.decode()


def test_reading_a_page_leaves_a_stranger_no_trace(client, person, grant):
    client.get(PAGE)
    assert Reading.objects.for_grant(grant).count() == 0
    assert client.post("/reading/craving/later/").status_code == 200  # the sign-in page
    assert Reading.objects.for_grant(grant).count() == 0


def test_answers_are_kept_explained_and_not_scored(mine):
    asked = said(mine, "/reading/craving/questions/")
    assert asked.count('type="radio"') >= 6 and "checked" not in asked
    assert mine.post("/reading/craving/questions/", {"q0": "0", "q1": ""}).url == "/reading/craving/questions/"
    again = said(mine, "/reading/craving/questions/")
    assert "Your answers" in again and "You picked:" in again and again.count(" checked") == 1
    assert "Nothing is scored" in again and "wrong" not in again.lower()


@pytest.mark.parametrize("answer", ["9", "-1", "x"])
def test_an_answer_that_is_not_there_keeps_nothing(mine, grant, answer):
    assert mine.post("/reading/craving/questions/", {"q0": answer}).status_code == 422
    assert Reading.objects.for_grant(grant).count() == 0


def test_nobody_else_sees_it(mine, stranger, client_of):
    act(mine, "later")
    mine.post("/reading/craving/questions/", {"q0": "0"})
    other = client_of(stranger)
    assert "Nothing here yet" in said(other, "/reading/")
    assert "Your answers" not in said(other, "/reading/craving/questions/")


@pytest.mark.parametrize("path", ["/reading/no-such-page/later/", "/reading/craving/burn/"])
def test_unknown_pages_and_acts_are_absent(mine, path):
    assert mine.post(path).status_code == 404


def test_the_learn_home_names_what_was_logged_and_drops_what_was_read(mine):
    form = {"intensity": "6", "triggers": ["argument"]}
    for n in range(2):
        mine.post("/log/craving/", form | {"id": f"019aaaaa-0000-7000-8000-00000000000{n}"})
    page = said(mine, "/learn-mine/")
    assert "Argument or conflict, 2 times in 30 days" in page and "Relationships and talking" in page
    mine.post("/reading/relationships/finished/")
    assert "Relationships and talking" not in said(mine, "/learn-mine/")


def test_what_was_read_is_in_the_export(mine):
    act(mine, "finished")
    mine.post("/reading/craving/questions/", {"q0": "1"})
    mine.post("/accounts/reauthenticate/", {"password": PASS_PHRASE})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(mine.post("/data/export/").streaming_content)))
    [row] = json.loads(archive.read("data.json"))["tables"]["reading"]
    assert (row["page"], row["answers"]) == ("P13", {"0": 1}) and row["finished_at"]
    assert '"{""0"": 1}"' in archive.read("reading.csv").decode()
