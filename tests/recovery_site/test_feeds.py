"""What the insights feed: the craving form, SOS, the card after saving, the pages of words."""

import re

import pytest
import time_machine

from accounts.ids import new_id
from journal.models import Craving
from reading.models import Suggestion
from tests.goals.rows import shown
from tests.recovery_site.logging import at, craving


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(at(0, 22), tick=False):
        yield


@pytest.fixture
def rated(grant, person):
    """Calling was followed by less craving than walking, twenty times each."""
    for ago in range(1, 21):
        craving(grant, person, ago, 15, intensity=7, intensity_after=2, strategies=["call-my-person"])
        craving(grant, person, ago, 19, intensity=7, intensity_after=7, strategies=["move-my-body"])


def offered(answer):
    return re.findall(r'name="strategies"[^>]*value="([^"]+)"', answer.content.decode())


def test_the_slugs_of_these_tests_are_the_librarys(mine):
    assert {"call-my-person", "move-my-body"} <= set(offered(mine.get("/log/craving/")))


def test_the_craving_form_puts_what_was_followed_by_less_craving_first(mine, rated):
    order = offered(mine.get("/log/craving/"))
    assert order[0] == "call-my-person" and order[-1] == "move-my-body"
    assert len(order) > 4  # untried ones stand between


def test_no_way_to_cope_is_lost_by_ordering(mine, grant, person):
    before = offered(mine.get("/log/craving/"))
    craving(grant, person, 1, intensity_after=2, strategies=["call-my-person"])
    assert sorted(offered(mine.get("/log/craving/"))) == sorted(before)


def test_sos_in_my_order_with_untried_ones_among_them(mine, rated):
    page = shown(mine.get("/sos/mine/"))
    assert page.index("Call or text my person") < page.index("Slow breathing")
    assert "craving fell about" in page and "some you have not tried" in page


def test_sos_itself_says_nothing_of_anybody(mine, rated):
    answer = mine.get("/sos/")
    assert "craving fell" not in shown(answer) and "public" in answer["Cache-Control"]


def test_my_order_is_for_the_signed_in(client, db):
    assert client.get("/sos/mine/").status_code == 302


def test_a_strangers_logs_order_nothing_of_mine(mine, stranger, grant_of):
    before = offered(mine.get("/log/craving/"))
    for ago in range(1, 21):
        craving(grant_of(stranger), stranger, ago, intensity_after=0, strategies=[before[-1]])
    assert offered(mine.get("/log/craving/")) == before


@pytest.mark.parametrize("strong", ["argument", "boredom"])
def test_the_card_prefers_what_came_with_stronger_cravings(mine, grant, person, strong):
    weak = {"argument": "boredom", "boredom": "argument"}[strong]
    for ago in range(1, 6):
        craving(grant, person, ago, intensity=9, triggers=[strong])
        craving(grant, person, ago, intensity=2, triggers=[weak])
    mine.get(mine.post("/log/craving/", {"id": str(new_id()), "intensity": "5", "triggers": [weak, strong]}).url)
    assert Suggestion.objects.for_grant(grant).get().noted == strong


def test_the_pages_of_words_tell_what_followed(mine, rated, grant, person):
    assert "What followed" in shown(mine.get("/coping/call-my-person/"))
    for ago in range(1, 6):
        craving(grant, person, ago, triggers=["argument"], intensity=8, intensity_after=3, strategies=["call-my-person"])
    assert "What followed" in shown(mine.get("/triggers/argument/"))
    assert Craving.objects.for_grant(grant).count() == 45
