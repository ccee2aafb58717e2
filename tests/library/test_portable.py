"""The library leaves as one file and comes back: all of it or nothing, and what two people must approve waits for them."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from library.approvals import TWICE
from library.markup import rich_text
from library.models import (
    Cause,
    CopingStrategy,
    GoalTemplate,
    HelpLine,
    LearnIndex,
    LifeSkill,
    Reflection,
    Source,
    Term,
    TopicPage,
    Trigger,
)
from library.portable.reading import take_in
from library.portable.values import Names, Unreadable, rich_in, rich_out
from library.portable.writing import document

NEW = "A promise from another library"


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory):
    """The starter library as a file, written once."""
    path = tmp_path_factory.mktemp("portable") / "library.json"
    with django_db_blocker.unblock():
        call_command("export_library", path, stdout=io.StringIO())
    return path.read_text()


@pytest.fixture
def file(db, tmp_path, exported):
    """A file of the library as it stands, to change."""
    path = tmp_path / "library.json"
    path.write_text(exported)
    return path


def change(file, kind, key, **values):
    """Change one record in the file."""
    held = json.loads(file.read_text())
    found = next(record for record in held[kind] if key in (record.get("code"), record["slug"]))
    found |= values
    file.write_text(json.dumps(held))


def bring(file, **options):
    out = io.StringIO()
    call_command("import_library", file, stdout=out, **options)
    return out.getvalue()


def refused(file):
    """Why it was refused; nothing may have changed."""
    before = document()
    with pytest.raises(CommandError) as error:
        bring(file)
    assert document() == before
    assert "nothing was changed" in str(error.value)
    return str(error.value)


def empty():
    """A library with nothing in it."""
    LearnIndex.objects.get().delete()
    for model in (Reflection, Trigger, Cause, GoalTemplate, CopingStrategy, LifeSkill, Source, Term, HelpLine):
        model.objects.all().delete()


def test_the_file_says_what_it_is_and_holds_no_ids(file):
    text = file.read_text()
    held = json.loads(text)
    assert (held["format"], held["version"]) == ("daybook-library", 1)
    assert len(held["pages"]) == TopicPage.objects.count() and len(held["help_lines"]) == HelpLine.objects.count()
    assert not re.search(r'\\?"id\\?"|\bid=\\"|_id"', text)
    assert 'linktype=\\"page\\" code=\\"P' in text


def test_the_same_library_gives_the_same_file(file):
    before = file.read_bytes()
    call_command("export_library", file, stdout=io.StringIO())
    assert file.read_bytes() == before


def test_taking_in_its_own_file_changes_nothing(file):
    revisions = {page.code: page.latest_revision_id for page in TopicPage.objects.all()}
    said = bring(file)
    assert said.startswith("0 new, 0 changed, ") and "waiting" not in said
    assert document() == json.loads(file.read_text())
    assert {page.code: page.latest_revision_id for page in TopicPage.objects.all()} == revisions


def test_one_changed_text_changes_exactly_that(file, client):
    change(file, "pages", "P13", promise=NEW)
    said = bring(file)
    assert "changed: page P13\n0 new, 1 changed, " in said
    assert document() == json.loads(file.read_text())
    assert NEW in client.get("/learn/craving/").content.decode()
    assert "0 new, 0 changed" in bring(file)


def test_a_changed_name_and_its_links(file):
    change(file, "triggers", "argument", description="Sharp words", strategies=["slow-breathing"])
    assert "changed: trigger argument\n0 new, 1 changed" in bring(file)
    argument = Trigger.objects.get(slug="argument")
    assert argument.description == "Sharp words"
    assert [one.slug for one in argument.strategies.all()] == ["slow-breathing"]


def test_a_dry_run_says_it_and_changes_nothing(file):
    before = document()
    change(file, "pages", "P13", promise=NEW)
    change(file, "triggers", "argument", slug="quarrel", code="T98")
    said = bring(file, dry_run=True)
    assert "new: trigger quarrel" in said and "changed: page P13" in said
    assert "dry run, nothing was changed: 1 new, 1 changed" in said
    assert document() == before


def test_an_empty_library_gets_everything(file):
    held = json.loads(file.read_text())
    empty()
    bring(file)
    for record in held["pages"]:
        record["published"] = record["published"] and record["code"] not in TWICE
    for record in held["help_lines"]:
        record["published"] = False
    assert document() == held
    assert "0 new, 0 changed" in bring(file)
    assert {page.code for page in TopicPage.objects.all() if page.get_workflow().name == "Two approvals"} == TWICE


@pytest.mark.parametrize("code", sorted(TWICE))
def test_a_page_that_two_people_must_approve_arrives_as_a_draft(file, code, client):
    page = TopicPage.objects.get(code=code)
    was = page.promise
    change(file, "pages", code, promise=NEW, published=True)
    said = bring(file)
    assert f"waiting for two approvals: page {code}" in said
    page.refresh_from_db()
    assert page.promise == was
    assert page.get_latest_revision_as_object().promise == NEW
    assert NEW not in client.get(f"/learn/{page.slug}/").content.decode()
    assert "0 new, 0 changed" in bring(file), "the draft is not made twice"


def test_a_help_line_arrives_as_a_draft(file, client):
    line = HelpLine.objects.filter(active=True, country="US").first()
    change(file, "help_lines", line.slug, name="Another number")
    assert f"waiting for two approvals: help line {line.slug}" in bring(file)
    assert "Another number" not in client.get("/sos/").content.decode()
    assert HelpLine.objects.get(pk=line.pk).get_latest_revision_as_object().name == "Another number"
    assert "0 new, 0 changed" in bring(file)


def test_a_new_help_line_is_shown_to_nobody(file, client):
    change(file, "help_lines", HelpLine.objects.filter(active=True).first().slug, slug="new-line", name="A brand new line")
    assert "new: help line new-line" in bring(file)
    assert "A brand new line" not in client.get("/sos/").content.decode()


def test_a_page_is_not_withdrawn_by_a_file(file, client):
    change(file, "pages", "P13", promise=NEW, published=False)
    bring(file)
    answer = client.get("/learn/craving/")
    assert answer.status_code == 200 and NEW not in answer.content.decode()
    assert TopicPage.objects.get(code="P13").get_latest_revision_as_object().promise == NEW
    assert "0 new, 0 changed" in bring(file)


def rewrite(file, **values):
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_what_the_file_does_not_name_stays(file):
    held = json.loads(file.read_text())
    rewrite(file, terms=held["terms"][1:], help_lines=held["help_lines"][1:])
    assert "0 new, 0 changed" in bring(file)
    assert Term.objects.filter(slug=held["terms"][0]["slug"]).exists()


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"version": 2}, "This file has version 2; only version 1 can be read."),
        ({"version": None}, "version None"),
        ({"format": "daybook"}, "This is not a file of this library."),
        ({"surprise": []}, "has something unknown: surprise"),
        ({"pages": {}}, "In pages something has no name."),
        ({"pages": [{"title": "x"}]}, "In pages something has no name."),
        ({"terms": ["x"]}, "In terms something has no name."),
        ({"terms": [{"slug": "x"}]}, "terms x lacks also, meaning, name, retired_at"),
    ],
)
def test_a_file_of_another_kind_is_refused(file, values, why):
    rewrite(file, **values)
    assert why in refused(file)


def test_a_part_that_is_missing_is_named(file):
    held = json.loads(file.read_text())
    del held["causes"]
    file.write_text(json.dumps(held))
    assert "The file lacks causes." in refused(file)


def test_something_twice_is_refused(file):
    held = json.loads(file.read_text())
    rewrite(file, triggers=[*held["triggers"], held["triggers"][0]])
    assert "In triggers something stands twice." in refused(file)


@pytest.mark.parametrize("content", ["", "[1]", '{"a": ', "null", '"\\u0000"', "[" * 100_000])
def test_what_is_not_a_file_of_ours_is_refused(db, tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="is not a"):
        bring(path)
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path / "absent.json")


@pytest.mark.parametrize(
    ("kind", "key", "values", "why"),
    [
        ("pages", "P13", {"next_page": "P98"}, "pages P13 links to “P98”, which does not exist"),
        ("pages", "P13", {"triggers": ["argument", "no-such"]}, "pages P13 links to “no-such”, which does not exist"),
        ("pages", "P13", {"slug": "overdose-safety"}, "pages P13 slug: The slug 'overdose-safety' is already in use"),
        ("pages", "P13", {"promise": "What junkies say"}, "pages P13 Instead of “junkies” write: person with"),
        ("pages", "P13", {"minutes": "many"}, "pages P13 “many” value must be an integer."),
        ("pages", "P13", {"published": "yes"}, "pages P13 does not say whether it is published"),
        ("pages", "P13", {"body": [{"type": "film", "value": {}}]}, "has an unknown kind of block: film"),
        ("pages", "P13", {"body": "text"}, "has 'text' where something else belongs"),
        ("pages", "P13", {"promise": ["x"]}, "has something else than words or a number as promise"),
        ("pages", "P13", {"triggers": "argument"}, "has something else than a list of names as triggers"),
        ("triggers", "argument", {"category": "weather"}, "triggers argument category: Value 'weather' is not a valid choice."),
        ("triggers", "argument", {"first_template": "no-such"}, "triggers argument links to “no-such”, which does not exist"),
        ("triggers", "argument", {"name": ""}, "triggers argument name: This field cannot be blank."),
        ("pages", "P13", {"code": "P1300"}, "pages P1300 Use a page code such as P13."),
        ("terms", "tolerance", {"surprise": 1}, "terms tolerance has something unknown: surprise"),
    ],
)
def test_a_file_with_a_fault_changes_nothing_and_says_where(file, kind, key, values, why):
    change(file, "causes", "depression", description="This would have been changed")
    change(file, kind, key, **values)
    assert why in refused(file)


def test_a_picture_without_a_text_is_refused(file):
    picture = {"type": "figure", "value": {"figure": "wave", "image": None, "alt": "", "caption": ""}}
    change(file, "pages", "P13", body=[picture])
    assert "pages P13 body: This field is required." in refused(file)


def test_a_picture_that_is_not_here_is_refused(file):
    picture = {"type": "figure", "value": {"figure": "", "image": "abc", "alt": "A wave", "caption": ""}}
    change(file, "pages", "P13", body=[picture])
    assert "pages P13 links to “abc”, which does not exist" in refused(file)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<p><a href="javascript:x()">a</a></p>',
        '<p><a href=" javascript:x()">a</a></p>',
        '<p><a href="/sos/" onmouseover="x()">a</a></p>',
        "<p><img src=x onerror=x()",
        "<p>a < b <svg/onload=x()></p>",
        "<!-- a -->",
        "<?php x() ?>",
        "<![CDATA[x]]>",
        '<h1 style="mso-list:l0">Word</h1>',
        '<p><a linktype="page" id="1">a</a></p>',
        '<p><a linktype="page" code="P98">a</a></p>',
        '<p><a linktype="page" code="gone">a</a></p>',
    ],
)
def test_markup_that_editors_cannot_make_is_refused(db, text):
    with pytest.raises(Unreadable):
        rich_in(text, Names())


def test_links_travel_by_code(db):
    ids = dict(TopicPage.objects.values_list("code", "pk"))
    stored = rich_text("Read [this](page:P12) & [help](page:SOS), **now**.\n\n* one\n* two", ids)
    out = rich_out(stored, Names())
    assert '<a linktype="page" code="P12">' in out and str(ids["P12"]) not in out
    assert rich_in(out, Names()) == stored


def test_two_files_at_once_do_not_mix(file):
    """A refused import leaves nothing behind in the process either."""
    change(file, "sources", Source.objects.first().slug, title="Never seen")
    change(file, "pages", "P13", next_page="P98")
    refused(file)
    assert "Never seen" not in json.dumps(document())
    assert take_in(document()).same > 0
