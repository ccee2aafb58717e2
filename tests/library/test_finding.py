"""Finding by words that may be misspelled."""

import pytest

from library.finding import Findable, closest, find

ITEMS = [
    Findable("page", "sleep", "Sleep in recovery", "Poor sleep or being worn out", "You see what can help you sleep."),
    Findable("page", "craving", "Craving: a wave you can ride", "", "You learn what a craving is."),
    Findable("trigger", "argument", "Argument or conflict", "", "A fight with someone"),
    Findable("strategy", "slow-breathing", "Slow breathing", "", "Breathe in for four, out for six."),
]


def found(query):
    return [hit.item.slug for hit in find(query, ITEMS)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("sleep", "sleep"),
        ("I can't sleep", "sleep"),
        ("cravng", "craving"),
        ("CRAVINGS", "craving"),
        ("arguement", "argument"),
        ("breething", "slow-breathing"),
        ("worn out", "sleep"),
    ],
)
def test_the_best_fit_comes_first(query, first):
    assert found(query)[0] == first


@pytest.mark.parametrize("query", ["", "   ", "?!", "xqzwvk", "bicycle"])
def test_what_is_not_there_is_not_invented(query):
    assert found(query) == []


def test_a_word_alone_that_says_nothing_finds_nothing_wild():
    assert len(found("the")) <= 1


def test_something_close_is_offered_instead():
    assert "breathing" in closest("brathin", ITEMS)


def test_a_very_long_query_is_cut_and_harmless():
    assert found("sleep " * 5000)[0] == "sleep"
