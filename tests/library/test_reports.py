"""The editors' reports name what a reader would stumble over."""

import csv
import html
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Feedback, Source, TopicPage
from library.quality import ledger, quality
from tests.library.test_editors import staff

TODAY = date(2026, 11, 23)


@pytest.fixture
def editor(db, client_of):
    return client_of(staff("wren", "Editors"))


def notes_of(code, today=TODAY):
    [row] = [row for row in quality(today) if row.page.code == code]
    return row.notes


def change(code, **values):
    """As if it had been changed in the editor."""
    page = TopicPage.objects.get(code=code)
    for name, value in values.items():
        setattr(page, name, value)
    page.save()


def text_block(text, **more):
    return [("paragraph", {"heading": "A heading", "text": text, "sources": [], "certainty": "", **more})]


def test_the_starter_pages_lack_nothing_but_approval(db):
    notes = {note for row in quality(TODAY) for note in row.notes}
    assert notes <= {"starter text, not approved yet", "starter text, not approved yet (two approvals)"}


def test_hard_reading_bare_claims_and_hurting_words_are_named(db):
    hard = "Pharmacological characteristics necessitate individualized administration. " * 4
    change("P13", body=text_block(f"<p>{hard}</p>"), promise="Why addicts relapse")
    notes = notes_of("P13")
    assert any(note.startswith("reading grade") for note in notes)
    assert "no source or certainty: A heading" in notes
    assert any("“addicts”" in note for note in notes)


def test_dead_links_are_named(db):
    draft = TopicPage.objects.get(code="P03")
    draft.unpublish()
    change("P13", body=text_block(f'<p><a linktype="page" id="{draft.pk}">gone</a> <a href="/coping/no-such-thing/">x</a></p>'))
    notes = notes_of("P13")
    assert f"a link to page {draft.pk}, which is not published" in notes
    assert "a dead link: /coping/no-such-thing/" in notes


def test_a_passed_review_is_named(db):
    assert any(note.startswith("review was due on") for note in notes_of("P13", TODAY + timedelta(days=400)))


def test_readers_answers_are_counted(editor):
    Feedback.objects.bulk_create(Feedback(page_code="P13", helpful=n > 0, day=TODAY) for n in range(3))
    rows = list(csv.reader(io.StringIO(editor.get("/cms/reports/quality/?format=csv").content.decode())))
    [mine] = [row for row in rows if row[0] == "P13"]
    assert mine[4:6] == ["2", "1"]


def test_the_ledger_says_what_rests_on_a_source(editor):
    page = html.unescape(editor.get("/cms/reports/sources/").content.decode())
    assert "P12" in page and "older than 5 years" in page and "no page rests on it" in page
    row = next(row for row in ledger(TODAY) if row.source.slug == "santo-2021-mortality")
    assert {used.code for used, _heading, _certainty in row.uses} >= {"P09", "P12"}
    assert all(certainty for _page, _heading, certainty in row.uses)


def test_a_cell_cannot_start_a_formula(editor):
    Source.objects.create(slug="evil", title="=HYPERLINK(1)", year=2026)
    assert "'=HYPERLINK(1)" in editor.get("/cms/reports/sources/?format=csv").content.decode()


@pytest.mark.parametrize(("work", "most"), [(quality, 10), (ledger, 4)])
def test_a_report_costs_the_same_however_many_pages(db, work, most):
    with CaptureQueriesContext(connection) as seen:
        work(TODAY)
    assert len(seen) <= most


def test_readers_have_no_way_in(mine):
    for name in ("quality", "sources", "completeness"):
        assert mine.get(f"/cms/reports/{name}/").status_code == 302
