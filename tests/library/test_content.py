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
PHONE = re.compile(r"\+?\d[\d ().-]{7,}\d|(?<![\d,])(?:988|911|999|000|112|741741|116 ?123)\b")
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


def test_all_titles_of_the_plan_are_written():
    assert sorted(PAGES) == [f"P{number:02}" for number in range(1, 27)]


@pytest.mark.parametrize("code", PAGES)
def test_a_page_leads_on_and_says_when_it_is_checked_again(code):
    page = PAGES[code]
    assert len(page["triggers"]) + len(page["causes"]) >= 2 and len(page["strategies"]) >= 2 and page["templates"]
    assert page["checked_on"] and page["review_months"] == (3 if code in ("P10", "P12") else 12)
    assert len([slug for slug in page["sources"] if SOURCES[slug].get("year")]) >= 2


def test_only_the_page_that_answers_the_claim_names_saunas_and_vitamins():
    named = {code for code, page in PAGES.items() if re.search(r"sauna|niacin|cleanse", " ".join(texts(page)), re.IGNORECASE)}
    assert named <= {"P05", "P07"}


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
            assert PHONE.findall(" ".join(texts(tomllib.loads(path.read_text())))) == [], path.name


def test_every_name_reaches_a_page_and_a_page_leads_back(db):
    held = shelf()
    pages = held.pages.values()
    for kind in ("triggers", "causes", "strategies", "templates"):
        words = getattr(held, kind).values()
        assert {word.code for word in words if word.page not in held.pages} == set(), kind
        assert {word.slug for word in words} <= {slug for page in pages for slug in getattr(page, kind)}, kind
    skills = {held.templates[slug].life_skill for page in pages for slug in page.templates}
    assert {skill.slug for skill in held.life_skills.values() if skill.page in held.pages} == set(held.life_skills) == skills


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
            assert "<a>" not in html, f"{path} links to a page that is not published"
    assert dead == [] and len([path for path in seen if path.startswith("/learn/")]) > len(PAGES)


def test_no_page_is_an_orphan(db):
    held = shelf()
    texts_of = {page["code"]: " ".join(texts(page)) for page in PAGES.values()}
    named = {code for text in texts_of.values() for code in re.findall(r"\(page:(P\d\d)\)", text)}
    named |= {page["next"] for page in PAGES.values()}
    named |= {word.page for kind in (held.triggers, held.causes, held.strategies, held.templates) for word in kind.values()}
    assert set(held.pages) - named == set()
