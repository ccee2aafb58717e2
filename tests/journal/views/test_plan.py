"""My plan: one line is a beginning, every part can wait, and it prints small."""

import re

import pytest

from accounts.ids import new_id
from journal.models import PlanLine
from journal.planning import ORDER, dialled
from tests.goals.rows import shown


def add(client, part="reasons", text="Breakfast with my daughter", **more):
    return client.post(f"/plan/{part}/", {"id": str(new_id()), "text": text} | more)


def texts(grant, part="reasons"):
    return [line.text for line in grant.open(PlanLine.objects.for_grant(grant).kept().of_part(part))]


def one(grant, text):
    return next(line for line in grant.open(PlanLine.objects.for_grant(grant)) if line.text == text)


def test_an_empty_plan_begins_with_three_questions(mine):
    page = shown(mine.get("/plan/"))
    assert "It starts with one line" in page and page.count("For example:") == 3 and "Begin" in page


def test_the_parts_lead_through_the_whole_plan(mine):
    path, seen = "/plan/reasons/", []
    while path:
        page = mine.get(path).content.decode()
        seen.append(path.split("/")[2])
        found = re.search(r'<a class="btn[^"]*" href="(/plan/\w+/)">\s*Skip', page)
        path = found[1] if found else ""
    assert seen == ORDER


def test_a_line_is_saved_once_and_read_again(mine, grant):
    data = {"id": str(new_id()), "text": "Breakfast with my daughter"}
    for _ in range(2):
        page = shown(mine.post("/plan/reasons/", data, follow=True))
    assert "Saved" in page and texts(grant) == ["Breakfast with my daughter"]
    assert "Breakfast with my daughter" in shown(mine.get("/plan/"))


@pytest.mark.parametrize("part", ORDER)
def test_every_part_keeps_a_line(mine, grant, part):
    add(mine, part, f"mine in {part}")
    assert f"mine in {part}" in shown(mine.get("/plan/"))


@pytest.mark.parametrize(("text", "message"), [("", "Write a few words, or skip this part."), ("x" * 501, "501 characters")])
def test_what_cannot_be_saved_is_explained_and_stays_typed(mine, grant, text, message):
    answer = add(mine, text=text)
    assert answer.status_code == 422 and message in shown(answer) and text in answer.content.decode()
    assert texts(grant) == []


def test_a_number_is_never_refused_for_its_shape(mine, grant):
    add(mine, "people", "Sam", phone="ask at the desk")
    add(mine, "people", "Ana", phone="+1 (555) 010-0199")
    page = mine.get("/sos/mine/").content.decode()
    assert 'href="tel:+15550100199"' in page and 'href="sms:+15550100199"' in page
    assert "ask at the desk" in page and page.count("tel:") == 1


@pytest.mark.parametrize(
    ("phone", "dial"),
    [
        ("988", "988"),
        ("+44 20 7946 0018", "+442079460018"),
        ("555-0100", "5550100"),
        ("12", ""),
        ("", ""),
        ("javascript:1234", "1234"),
    ],
)
def test_what_a_phone_dials(phone, dial):
    assert dialled(phone) == dial


def test_lines_change_places(mine, grant):
    for text in ("one", "two", "three"):
        add(mine, text=text)
    mine.post(f"/plan/lines/{one(grant, 'three').pk}/up/")
    assert texts(grant) == ["one", "three", "two"]
    mine.post(f"/plan/lines/{one(grant, 'one').pk}/up/")
    mine.post(f"/plan/lines/{one(grant, 'two').pk}/down/")
    assert texts(grant) == ["one", "three", "two"]
    assert mine.post(f"/plan/lines/{one(grant, 'two').pk}/sideways/").status_code == 404


def test_a_line_is_mended_and_two_tabs_keep_both(mine, grant):
    add(mine)
    edit = f"/plan/lines/{one(grant, 'Breakfast with my daughter').pk}/edit/"
    assert "Breakfast" in mine.get(edit).content.decode()
    for text in ("Dinner with my daughter", "Lunch with my daughter"):
        both = shown(mine.post(edit, {"id": str(new_id()), "version": "1", "text": text}, follow=True))
    assert "Dinner" in both and "Lunch" in both


def test_a_removed_line_comes_back(mine, grant):
    add(mine)
    pk = one(grant, "Breakfast with my daughter").pk
    assert "Undo" in shown(mine.post(f"/log/plan/{pk}/remove/", follow=True))
    assert texts(grant) == [] and "Breakfast" in shown(mine.get("/bin/"))
    assert mine.post(f"/log/plan/{pk}/restore/").url == "/plan/reasons/"
    assert texts(grant) == ["Breakfast with my daughter"]


def test_the_wallet_card_has_people_the_naloxone_and_what_to_do(mine):
    add(mine, "people", "Sam", phone="555-0100")
    add(mine, "naloxone", "Top kitchen drawer")
    add(mine, "signs", "I stop answering messages")
    page = shown(mine.get("/plan/wallet/"))
    assert "Sam 555-0100" in page and "Top kitchen drawer" in page and "If I do not wake up" in page
    assert "I stop answering" not in page


def test_an_unknown_part_is_absent(mine):
    assert mine.get("/plan/secrets/").status_code == mine.post("/plan/secrets/", {"text": "x"}).status_code == 404


def test_a_strangers_plan_is_nobodys_but_theirs(mine, stranger, client_of):
    add(client_of(stranger), "people", "Their friend", phone="555-0123")
    for path in ("/plan/", "/plan/people/", "/plan/wallet/", "/sos/mine/"):
        assert "Their friend" not in shown(mine.get(path))
