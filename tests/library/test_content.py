"""What the starter texts promise: for grade 6 to 8, every claim with its source, nothing dead, nothing lost."""

import re
import tomllib
from pathlib import Path

import pytest

from library.reading_grade import WANTED, grade
from library.shelf import shelf
from library.wording import findings

FOLDER = Path(__file__).resolve().parents[2] / "library" / "starter"
PAGES = {path.stem.upper(): tomllib.loads(path.read_text()) for path in sorted((FOLDER / "pages").glob("*.toml"))}
SOURCES = {record["slug"]: record for record in tomllib.loads((FOLDER / "sources.toml").read_text())["source"]}
CLAIMS = ("paragraph", "steps", "safety", "uncertain")
# About words: they stand there in quotation marks.
NOT_TEXT = ("slug", "address", "sources", "ref", "page", "next", "code", "kind", "section", "strategy")


def plain(text):
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("**", "").replace("*", "")


def prose(page):
    return "\n".join(plain("\n".join([b.get("text", ""), *b.get("items", [])])) for b in page["block"] if b["kind"] != "figure")


def states_a_claim(block):
    """Everything but a notice that only says where to get help."""
    return block["kind"] in CLAIMS and not (
        block["kind"] == "safety" and "(page:SOS)" in block["text"] and "certainty" not in block
    )


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for name, inner in value.items() if name not in NOT_TEXT for text in texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in texts(inner))


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_for_grade_six_to_eight(code):
    assert WANTED[0] <= grade(prose(PAGES[code])) <= WANTED[1]


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_short_enough_and_whole(code):
    page = PAGES[code]
    assert 500 <= len(re.findall(r"[\w’]+", prose(page))) <= 900
    kinds = [block["kind"] for block in page["block"]]
    assert "uncertain" in kinds and "try_this" in kinds
    assert len(page["key_points"]) == 3 and page["reflection"] and re.fullmatch(r"P(0[1-9]|1\d|2[0-6])", page["next"])
    assert len(re.findall(r"[.!?](?:\s|$)", page["summary"])) == 3


@pytest.mark.parametrize("code", PAGES)
def test_every_claim_has_a_source_of_the_fact_base_and_a_certainty(code):
    page = PAGES[code]
    bare = [
        b.get("heading", b["kind"]) for b in page["block"] if states_a_claim(b) and not (b.get("sources") and b.get("certainty"))
    ]
    assert bare == []
    used = {slug for block in page["block"] for slug in block.get("sources", [])}
    assert used <= set(SOURCES)
    assert used <= set(page["sources"])


@pytest.mark.parametrize("code", PAGES)
def test_questions_teach_whatever_is_picked(code):
    questions = PAGES[code]["question"]
    assert 3 <= len(questions) <= 5
    for question in questions:
        assert [bool(answer.get("correct")) for answer in question["answer"]].count(True) == 1
        assert all(answer["why"] for answer in question["answer"])


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.stem)
def test_the_words_put_the_person_first(path):
    if path.stem == "sources":
        return  # titles of works are quoted as they are
    found = {found.word for text in texts(tomllib.loads(path.read_text())) for found in findings(plain(text))}
    assert found == set()


def test_no_phone_number_stands_outside_the_help_lines():
    for path in FOLDER.rglob("*.toml"):
        if path.stem not in ("help_lines", "sources"):
            assert re.findall(r"\+?\d[\d ().-]{7,}\d", " ".join(texts(tomllib.loads(path.read_text())))) == [], path.name


def test_nothing_that_is_named_is_lost(db):
    held = shelf()
    for kind in ("triggers", "causes", "strategies", "templates"):
        linked = {slug for page in held.pages.values() for slug in getattr(page, kind)}
        assert {word.slug for word in getattr(held, kind).values() if held.pages.get(word.page)} <= linked, kind


def test_no_link_is_dead(db, client, mine):
    seen, waiting, dead = set(), ["/learn/", "/learn/glossary/"], []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = mine.get(path)
        if answer.status_code not in (200, 302):
            dead.append((path, answer.status_code))
        if path.startswith("/learn/") and answer.status_code == 200:
            html = answer.content.decode().split("<main", 1)[1]
            waiting += [href for href in re.findall(r'href="(/[^"#]*)', html) if not href.startswith("/static/")]
            assert "<a>" not in html or not page_links_missing(path)
    assert dead == [] and len([path for path in seen if path.startswith("/learn/")]) > len(PAGES)


def page_links_missing(path):
    """Whether a page links to one that is not published, when all are."""
    return len(PAGES) == 26


def test_no_page_is_an_orphan(db):
    held = shelf()
    texts_of = {page["code"]: " ".join(texts(page)) for page in PAGES.values()}
    named = {code for text in texts_of.values() for code in re.findall(r"\(page:(P\d\d)\)", text)}
    named |= {page["next"] for page in PAGES.values()}
    named |= {word.page for kind in (held.triggers, held.causes, held.strategies, held.templates) for word in kind.values()}
    assert set(held.pages) - named == set()
