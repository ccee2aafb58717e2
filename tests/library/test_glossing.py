"""Words explained where they first appear."""

import pytest

from library.glossing import gloss
from library.words import TermWord

TERMS = (
    TermWord("tolerance", "Tolerance", (), "How much the body is used to."),
    TermWord("opioid", "Opioid", ("opioids",), "A drug that <fits> & eases pain."),
    TermWord("withdrawal", "Withdrawal", (), "What comes when it is missing."),
    TermWord("precipitated", "Precipitated withdrawal", (), "Sudden withdrawal."),
)


def test_only_the_first_appearance_in_running_text_opens():
    page = gloss("<h2>Tolerance</h2><p>Your tolerance falls. Tolerance matters.</p><ul><li>opioids, an opioid</li></ul>", TERMS)
    assert page.count("popovertarget=") == 2
    assert "<h2>Tolerance</h2>" in page
    assert 'popovertarget="g-tolerance">tolerance</button></span> falls. Tolerance matters.' in page
    assert 'popovertarget="g-opioid">opioids</button>,</span> an opioid' in page


@pytest.mark.parametrize("tag", ["a", "summary", "button", "figure", "h3"])
def test_links_headings_and_drawings_stay_as_they_are(tag):
    html = f"<p><{tag}>tolerance</{tag}></p>"
    assert gloss(html, TERMS) == html


def test_the_longer_form_wins():
    page = gloss("<p>Precipitated withdrawal is not the usual withdrawal.</p>", TERMS)
    assert 'popovertarget="g-precipitated">Precipitated withdrawal</button></span> is not the usual' in page
    assert 'popovertarget="g-withdrawal">withdrawal</button>.</span>' in page


def test_meanings_are_escaped_and_words_inside_words_left_alone():
    assert "A drug that &lt;fits&gt; &amp; eases pain." in gloss("<p>An opioid.</p>", TERMS)
    assert gloss("<p>intolerances</p>", TERMS) == "<p>intolerances</p>"


def test_a_drawing_keeps_its_attributes():
    html = '<svg viewBox="0 0 1 1"><text>opioid</text></svg>'
    assert gloss(html, TERMS) == html
