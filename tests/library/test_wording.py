"""Words that put the person first."""

import pytest

from library.wording import findings


@pytest.mark.parametrize(
    ("text", "word", "is_slur"),
    [
        ("Many addicts try.", "addicts", True),
        ("a former junkie", "former junkie", True),
        ("drug abuse", "drug abuse", False),
        ("She has been clean for a year", "been clean", False),
        ("After she relapsed", "relapsed", False),
        ("methadone is a substitution therapy", "substitution therapy", False),
        ("he committed suicide", "committed suicide", False),
    ],
)
def test_the_better_word_is_offered(text, word, is_slur):
    [found] = findings(text)
    assert (found.word, found.is_slur) == (word, is_slur)
    assert found.better


@pytest.mark.parametrize(
    "text",
    [
        "A person in recovery.",
        "Some people still say “addict”.",
        "Clean your room.",
        "An addictive drug",
        "Relapse prevention is a method.",
    ],
)
def test_everyday_and_quoted_words_are_left_alone(text):
    assert list(findings(text)) == []
