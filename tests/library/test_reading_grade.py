"""The stated formula, by hand."""

import math

import pytest

from library.reading_grade import grade, long_words, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("hope", 1),
        ("hoped", 1),
        ("likes", 1),
        ("wanted", 2),
        ("little", 2),
        ("craving", 2),
        ("argument", 3),
        ("recovery", 4),
        ("don’t", 1),
    ],
)
def test_syllables_of_everyday_words(word, count):
    assert syllables(word) == count


def test_a_grade_is_the_formula_over_its_counts():
    text = "A craving is a wave. It is important to remember that.\nLook around you"
    assert len(sentences(text)) == 3
    assert long_words(text) == ["important", "remember"]
    assert grade(text) == round(1.043 * math.sqrt(30 * 2 / 3) + 3.1291, 1)


def test_names_of_medicines_do_not_count():
    assert long_words("Methadone and buprenorphine are medicines.") == ["medicines"]


def test_an_empty_text_has_no_grade():
    assert grade(" \n ") == 0.0
