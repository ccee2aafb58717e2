"""What an editor pastes, forgets or mistypes: cleaned, or refused with a word on what to do."""

import html
import io
import json
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image

from library.models import LearnIndex, Source, TopicPage
from tests.library.test_editors import form_of, staff

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {mso-style: x}</style></head>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<p class="MsoNormal" style="mso-margin-top-alt:auto"><span lang="EN-US" style="font-size:12pt">Breathe <b>out</b>
<o:p></o:p></span></p><p onclick="x()">Call a friend<script>alert("gone")</script></p></html>"""


@pytest.fixture
def reviewer(db, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    person = staff("owl", "Reviewers")
    return client_of(person)


@pytest.fixture
def editor(db, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return client_of(staff("wren", "Editors"))


def typed(text, **inside):
    """What the editor's text field sends."""
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block | inside.get("block", {})], "entityMap": inside.get("entities", {})})


def save(client, kind, action="action-publish", **values):
    """Send a page whose body is one block."""
    page = TopicPage.objects.get(code="P13")
    block = {"deleted": "", "order": "0", "type": kind, "id": ""} | {f"value-{name}": value for name, value in values.items()}
    data = form_of(client, page) | {"body-count": "1"} | {f"body-0-{name}": value for name, value in block.items()}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data | {action: "1"}, follow=True)


def paragraph(client, text):
    values = {"heading": "Why", "text": text, "sources-count": "0", "certainty": "B"}
    return save(client, "paragraph", **values)


def read(client):
    """The page as a reader gets it."""
    return client.get("/learn/craving/").content.decode()


def said(answer):
    return html.unescape(answer.content.decode())


def test_what_word_leaves_behind_is_cleaned_and_the_words_stay(reviewer, client):
    paragraph(reviewer, WORD)
    [block] = TopicPage.objects.get(code="P13").body
    text = block.value["text"].source
    assert "Breathe <b>out</b>" in text and "Call a friend" in text
    assert not [bad for bad in ("mso", "Mso", "style", "span", "o:p", "onclick", "script", "alert", "xml") if bad in text]
    assert "Breathe <b>out</b>" in read(client)


def test_a_script_that_is_typed_is_shown_as_words(reviewer, client):
    paragraph(reviewer, typed('Say <script>alert("x")</script>'))
    assert "Say &lt;script&gt;" in read(client)
    assert '<script>alert("x")' not in read(client)


def test_a_link_to_a_script_leads_nowhere(reviewer, client):
    link = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}}
    paragraph(reviewer, typed("Press here", block={"entityRanges": [{"key": 0, "offset": 0, "length": 5}]}, entities=link))
    assert "Press" in read(client) and "javascript:" not in read(client)


@pytest.mark.parametrize("text", ["", "   ", "{}", "null", "<script>x()</script>"])
def test_a_text_with_nothing_in_it_is_refused_and_breaks_nothing(reviewer, client, text):
    before = read(client)
    answer = paragraph(reviewer, text)
    assert answer.status_code == 200
    assert "The page could not be saved due to validation errors" in said(answer)
    assert read(client) == before


@pytest.mark.parametrize("text", ["[]", "5", '{"blocks": 3}', "Only words & <"])
def test_what_is_not_from_the_editor_is_kept_as_words(reviewer, client, text):
    paragraph(reviewer, text)
    assert text in html.unescape(read(client))


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_picture_without_a_text_is_refused(reviewer, client, action):
    before = read(client)
    answer = save(reviewer, "figure", action, figure="wave", image="", alt="", caption="")
    assert "This field is required." in said(answer)
    assert read(client) == before
    save(reviewer, "figure", figure="wave", image="", alt="A craving rises and falls", caption="")
    assert read(client) != before


def test_a_draft_with_such_a_picture_gets_out_by_no_other_way(reviewer, client):
    before = read(client)
    save(reviewer, "figure", "action-save", figure="wave", image="", alt="", caption="A wave")
    page = TopicPage.objects.get(code="P13")
    assert page.get_latest_revision_as_object().body[0].value["caption"] == "A wave", "the draft is kept"
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = reviewer.post(f"{url}?id={page.pk}", {"next": "/cms/"}, follow=True)
    assert "A picture needs a text that says the same." in said(answer)
    assert read(client) == before


def png(width, height):
    out = io.BytesIO()
    Picture.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(out, "PNG")
    return SimpleUploadedFile("wave.png", out.getvalue(), "image/png")


def upload(client, file):
    return client.post(reverse("wagtailimages_chooser:create"), {"image-chooser-upload-title": "Wave", "image-chooser-upload-file": file,
        "image-chooser-upload-collection": "1"})  # fmt: skip


def test_a_picture_over_five_megabytes_is_refused(editor):
    file = png(1400, 1300)
    assert file.size > 5 * 1024 * 1024
    answer = html.unescape(upload(editor, file).json()["htmlFragment"]).replace("\xa0", " ")
    assert "This file is too big (5.2 MB). Maximum filesize 5.0 MB." in answer
    many = editor.post(reverse("wagtailimages:add_multiple"), {"title": "Wave", "files[]": png(1400, 1300), "collection": "1"})
    assert "This file is too big" in many.json()["error_message"]
    assert not Image.objects.exists()


def test_an_ordinary_picture_is_taken_and_one_that_is_none_is_not(editor):
    upload(editor, SimpleUploadedFile("wave.png", b"<svg onload='x()'/>", "image/png"))
    assert not Image.objects.exists()
    upload(editor, png(40, 30))
    assert Image.objects.get().title == "Wave"


SOURCE = {"slug": "new-source", "title": "A new source", "authors": "", "publisher": "", "address": "", "ref": ""}


def test_a_source_without_a_year_is_refused_until_somebody_says_so(editor):
    url = reverse("wagtailsnippets_library_source:add")
    assert "Look the year up, or tick “No year known”." in said(editor.post(url, SOURCE | {"year": ""}))
    assert not Source.objects.filter(slug="new-source").exists()
    editor.post(url, SOURCE | {"year": "", "year_unknown": "on"})
    assert Source.objects.get(slug="new-source").year_unknown
    url = reverse("wagtailsnippets_library_source:edit", args=[Source.objects.get(slug="new-source").pk])
    editor.post(url, SOURCE | {"year": "2024", "year_unknown": "on"})
    assert (Source.objects.get(slug="new-source").year, Source.objects.get(slug="new-source").year_unknown) == (2024, False)


def test_every_starter_source_has_a_year_or_says_that_none_is_known(db):
    for source in Source.objects.all():
        source.full_clean()
    assert Source.objects.filter(year_unknown=True, year=None).exists()


@pytest.mark.parametrize(
    ("field", "value", "why"), [("slug", "craving", "The slug 'craving' is already in use"), ("code", "P13", "already exists")]
)
def test_two_pages_for_one_address_are_refused(editor, field, value, why):
    url = reverse("wagtailadmin_pages:add", args=["library", "topicpage", LearnIndex.objects.get().pk])
    data = {
        "title": "Another page", "slug": "another-page", "code": "P77", "section": "cycle", "promise": "A promise I typed",
        "minutes": "3", "key_points-count": "0", "body-count": "0", "questions-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = editor.post(url, data | {field: value})
    assert why in said(answer)
    assert "A promise I typed" in said(answer), "what was typed is still in the form"
    assert not TopicPage.objects.filter(title="Another page").exists()
    editor.post(url, data)
    assert TopicPage.objects.filter(title="Another page").exists()
