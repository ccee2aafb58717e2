"""In my own words: what a person says on the reports of one counselor, who sees it and when, and that none of it is lost."""

import io
import json
import re
import uuid
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from accounts.sealing import SealBroken
from care import access
from care.actions import consents
from care.models import Connection, Consent, Statement
from recovery_site.closing import close_whole_account
from recovery_site.exporting import write_json
from tests.care.conftest import care_client, make_counselor, sign
from tests.care.sharing import CHOSEN, put, shown, today_of

ROOM = "Room for River to write on the printed page."


def at(connection):
    return f"/sharing/{connection.pk}/statement/"


def opened(client, connection):
    """What the form holds when the page is opened, as another tab keeps it."""
    page = client.get(at(connection)).content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(id|version)"(?: value="([^"]*)")?', page))
    return {name: value for name, value in found.items() if value}


def say(client, connection, text, tab=None):
    """Type it into a tab and save; without one, into a page opened just now."""
    return client.post(at(connection), (tab or opened(client, connection)) | {"text": text})


def report(client, connection):
    return shown(client.get(f"/care/p/{connection.pk}/report/"))


def standing(grant):
    return [one.text for one in grant.open(Statement.objects.for_grant(grant).kept())]


def binned(grant):
    return [one.text for one in grant.open(Statement.objects.for_grant(grant).binned())]


@pytest.fixture
def second(person, grant, organisation):
    """Another counselor with whom everything is shared, and their client."""
    joan = make_counselor("joan", organisation, shown_name="Joan Birch")
    connection = Connection.objects.create(person=person, membership=joan)
    sign(grant, person, connection)
    return connection, care_client(joan.person)


# --- on the report ---


def test_it_stands_on_the_report_with_its_day_and_without_it_there_is_room_to_write(mine, theirs, grant, connection, consent):
    assert ROOM in report(theirs, connection) and "last changed" not in report(theirs, connection)
    say(mine, connection, "I went to work\non <i>every</i> day.")
    # Two in the morning in London is still the evening before for this person.
    Statement.objects.for_grant(grant).update(updated_at=datetime(2026, 11, 13, 2, tzinfo=UTC))
    page = theirs.get(f"/care/p/{connection.pk}/report/").content.decode()
    assert "I went to work\non &lt;i&gt;every&lt;/i&gt; day." in page and "In my own words" in page
    assert "Written by River, last changed on 12 November 2026." in page and ROOM not in page


def test_a_changed_word_is_another_version_of_the_report(mine, theirs, connection, consent):
    def version():
        return re.search(r"Version (\w{12})", report(theirs, connection)).group(1)

    empty = version()
    say(mine, connection, "Steady.")
    first = version()
    say(mine, connection, "Steadier.")
    assert len({empty, first, version()}) == 3


def test_it_needs_no_category_of_its_own_as_messages_need_none(mine, theirs, grant, person, connection):
    sign(grant, person, connection, {"plan": ""})
    say(mine, connection, "Steady.")
    assert "Steady." in report(theirs, connection)


def test_only_the_counselor_it_was_written_for_reads_it(mine, theirs, grant, person, connection, consent, second):
    other, joans = second
    say(mine, connection, "for Maria alone")
    assert "for Maria alone" in report(theirs, connection)
    assert "for Maria alone" not in report(joans, other) and ROOM in report(joans, other)
    assert joans.get(f"/care/p/{connection.pk}/report/").status_code == 404
    row = Statement.objects.for_grant(grant).get()
    with access.read(other.membership.person, other.pk, "report") as reading:
        assert not Statement.objects.for_grant(reading.grant).exists()
        with pytest.raises(SealBroken):
            reading.grant.open_one(row)
    # And a counselor writes nobody's own words, not even over their own connection.
    with access.read(connection.membership.person, connection.pk, "report") as reading, pytest.raises(ValueError):
        reading.grant.seal(row, text="I am very grateful to Maria.")


def test_each_counselor_gets_words_of_their_own(mine, theirs, connection, consent, second):
    other, joans = second
    say(mine, connection, "for Maria")
    say(mine, other, "for Joan")
    assert "for Maria" in report(theirs, connection) and "for Joan" not in report(theirs, connection)
    assert "for Joan" in report(joans, other) and "for Maria" not in report(joans, other)


def test_it_stays_in_a_pause_as_messages_do(mine, theirs, person, connection, consent):
    say(mine, connection, "Steady.")
    consents.pause(person, connection.pk, timezone.now())
    assert "Steady." in report(theirs, connection)
    assert "You paused your sharing. This stays on reports" in shown(mine.get(at(connection)))
    assert "Steady." in shown(mine.get(f"/sharing/{connection.pk}/as-they-see/"))


@pytest.mark.parametrize("ending", ["stopped", "expired"])
def test_after_the_end_it_is_the_persons_alone_and_can_still_be_changed(ending, mine, theirs, person, connection, consent):
    say(mine, connection, "Steady.")
    if ending == "stopped":
        consents.stop(person, connection.pk, timezone.now())
    else:
        then = datetime(2026, 1, 2, tzinfo=UTC)
        Consent.objects.update(signed_at=then, starts_at=then, ends_at=then.replace(month=2))
    assert theirs.get(f"/care/p/{connection.pk}/report/").status_code == 404
    page = shown(mine.get(at(connection)))
    assert "Steady." in page and "You do not share with Maria Lopez now, so nobody else sees it." in page
    assert "Only Maria Lopez sees it" not in page
    say(mine, connection, "Steadier.")
    assert "Steadier." in shown(mine.get(f"/sharing/{connection.pk}/"))
    assert "Steadier." not in shown(mine.get(f"/sharing/{connection.pk}/as-they-see/"))


def test_before_sharing_begins_the_page_says_that_nobody_sees_it(mine, theirs, grant, person, connection):
    sign(grant, person, connection, waited=False)
    say(mine, connection, "Steady.")
    assert "Until then, nobody sees it." in shown(mine.get(at(connection)))
    assert theirs.get(f"/care/p/{connection.pk}/report/").status_code == 404


# --- the person sees what the counselor sees ---


def test_the_persons_own_look_shows_the_same(mine, theirs, connection, consent):
    look = f"/sharing/{connection.pk}/as-they-see/"
    assert "On each progress report" not in shown(mine.get(look))
    say(mine, connection, "Steady.")
    said = re.search(r"Steady\. Written by River, last changed on [^.]+\.", report(theirs, connection)).group()
    assert said in shown(mine.get(look)) and "On each progress report" in shown(mine.get(look))


def test_before_signing_again_one_sees_that_old_words_would_be_seen_again(mine, person, connection, consent):
    say(mine, connection, "from an earlier time")
    consents.stop(person, connection.pk, timezone.now())
    page = mine.post(f"/sharing/{connection.pk}/decide/", CHOSEN | {"day": str(today_of(person))})
    assert "This is what you sign" in shown(page) and "from an earlier time" in shown(page)


def test_the_page_of_the_sharing_leads_there(mine, connection, consent):
    detail = f"/sharing/{connection.pk}/"
    assert "Write something" in shown(mine.get(detail)) and at(connection) in mine.get(detail).content.decode()
    say(mine, connection, "Steady.")
    assert "Steady. Written by you, last changed on" in shown(mine.get(detail))
    assert "Change or remove it" in shown(mine.get(detail))


# --- nothing typed is lost ---


def test_pressing_twice_saves_once(mine, grant, connection, consent):
    tab = opened(mine, connection)
    for _ in range(2):
        assert say(mine, connection, "Steady.", tab).url == f"{at(connection)}?done=saved"
    assert Statement.objects.for_grant(grant).count() == 1 and "Saved" in shown(mine.get(f"{at(connection)}?done=saved"))


@pytest.mark.parametrize(
    "text, says, kept",
    [
        ("word " * 500, "The most we can keep is 2,000.", "word word"),
        ("bell\x07 rings", "Some characters in this text cannot be shown.", "bell rings"),
    ],
)
def test_what_cannot_be_kept_is_given_back(text, says, kept, mine, grant, connection, consent):
    say(mine, connection, "It stands.")
    page = say(mine, connection, text)
    assert page.status_code == 422 and says in shown(page) and kept in shown(page)
    assert standing(grant) == ["It stands."]


def test_an_empty_box_with_nothing_to_remove_says_what_to_do(mine, grant, connection, consent):
    page = say(mine, connection, " \n ")
    assert page.status_code == 422 and "Write a few words first." in shown(page) and not standing(grant)


def test_two_tabs_that_changed_it_are_both_kept_and_shown(mine, theirs, grant, connection, consent):
    say(mine, connection, "It began.")
    tab, late = opened(mine, connection), opened(mine, connection)
    say(mine, connection, "from the kitchen", tab)
    answers = [say(mine, connection, "from the bus", late) for _ in range(2)]
    assert (standing(grant), binned(grant)) == (["from the kitchen"], ["from the bus"])
    assert "from the bus" not in report(theirs, connection)
    page = mine.get(answers[1].url)
    assert all(words in shown(page) for words in ("from the kitchen", "from the bus", "Both are kept."))
    row = Statement.objects.for_grant(grant).binned().get()
    for _ in range(2):
        assert mine.post(f"/sharing/statements/{row.pk}/restore/").url == f"{at(connection)}?done=saved"
    assert (standing(grant), binned(grant)) == (["from the bus"], ["from the kitchen"])
    assert "from the bus" in report(theirs, connection) and "from the kitchen" not in report(theirs, connection)


def test_what_was_changed_in_another_tab_is_not_removed_unseen(mine, grant, connection, consent):
    say(mine, connection, "It began.")
    old = mine.get(at(connection)).content.decode()
    button = re.search(r'/sharing/statements/([0-9a-f-]{36})/remove/.*?name="version" value="([0-9]+)"', old, re.DOTALL)
    say(mine, connection, "from the kitchen")
    answer = mine.post(f"/sharing/statements/{button[1]}/remove/", {"version": button[2]})
    assert "Nothing was removed: your words were changed in another place." in shown(mine.get(answer.url))
    assert (standing(grant), binned(grant)) == (["from the kitchen"], [])
    row = Statement.objects.for_grant(grant).get()
    for _ in range(2):
        answer = mine.post(f"/sharing/statements/{row.pk}/remove/", {"version": row.version})
        assert "Removed." in shown(mine.get(answer.url))
    assert (standing(grant), binned(grant)) == ([], ["from the kitchen"])


def test_the_signed_text_names_own_words_for_reports(grant, person, connection):
    assert "my own words for reports are shown too" in grant.open_one(sign(grant, person, connection, {"goals": ""})).signed_text


def test_two_tabs_that_begin_with_nothing(mine, grant, connection, consent):
    tab, late, same = (opened(mine, connection) for _ in range(3))
    say(mine, connection, "from the kitchen", tab)
    assert "?aside=" in say(mine, connection, "from the bus", late).url
    assert say(mine, connection, "from the kitchen", same).url.endswith("?done=saved")
    assert (standing(grant), binned(grant)) == (["from the kitchen"], ["from the bus"])


def test_words_sent_after_they_were_removed_elsewhere_are_kept_and_not_shown(mine, theirs, grant, connection, consent):
    say(mine, connection, "It began.")
    late = opened(mine, connection)
    say(mine, connection, "")
    page = mine.get(say(mine, connection, "It goes on.", late).url)
    assert "Your words were removed in another place." in shown(page) and "It goes on." in shown(page)
    assert "nobody else sees it" in shown(page)
    assert standing(grant) == [] and sorted(binned(grant)) == ["It began.", "It goes on."] and ROOM in report(theirs, connection)


def test_an_emptied_box_removes_no_words_that_it_never_showed(mine, grant, connection, consent):
    say(mine, connection, "It began.")
    late = opened(mine, connection)
    say(mine, connection, "It goes on.")
    page = mine.get(say(mine, connection, "", late).url)
    assert "Nothing was removed" in shown(page) and standing(grant) == ["It goes on."] and binned(grant) == []


def test_the_same_words_sent_again_after_they_were_removed_stand_again(mine, grant, connection, consent):
    tab = opened(mine, connection)
    say(mine, connection, "Steady.", tab)
    say(mine, connection, "")
    say(mine, connection, "Steady.", tab)  # with the browser's way back
    assert standing(grant) == ["Steady."] and binned(grant) == []


# --- removing, and the bin ---


@pytest.mark.parametrize("way", ["button", "empty box"])
def test_removed_words_leave_the_next_report_and_come_back(way, mine, theirs, grant, connection, consent):
    say(mine, connection, "Steady.")
    row = Statement.objects.for_grant(grant).get()
    gone = (
        say(mine, connection, "")
        if way == "empty box"
        else mine.post(f"/sharing/statements/{row.pk}/remove/", {"version": row.version})
    )
    page = mine.get(gone.url)
    assert "Removed. New reports do not show it." in shown(page) and "Undo" in shown(page)
    assert ROOM in report(theirs, connection) and "Steady." not in report(theirs, connection)
    mine.post(f"/sharing/statements/{row.pk}/restore/")
    assert "Steady." in report(theirs, connection)


def test_the_bin_names_it_and_putting_it_back_loses_nothing(mine, grant, connection, consent):
    say(mine, connection, "the first words")
    row = Statement.objects.for_grant(grant).get()
    say(mine, connection, "")
    say(mine, connection, "the second words")
    page = shown(mine.get("/bin/"))
    assert "own words on reports of Maria Lopez" in page and "the first words" in page and "the second words" not in page
    assert mine.post(f"/sharing/statements/{row.pk}/restore/", {"next": "/bin/"}).url == "/bin/"
    assert (standing(grant), binned(grant)) == (["the first words"], ["the second words"])
    assert mine.post(f"/sharing/statements/{row.pk}/restore/", {"next": "//example.org/"}).url == f"{at(connection)}?done=saved"


def test_the_bin_holds_lines_and_own_words_in_the_order_they_went(mine, person, grant, connection, consent):
    say(mine, connection, "own words")
    mine.post("/sharing/agenda/", {"id": str(uuid.uuid4()), "text": "a line", "connection": str(connection.pk)})
    line = re.search(r"/sharing/agenda/([0-9a-f-]{36})/remove/", mine.get("/sharing/agenda/").content.decode()).group(1)
    say(mine, connection, "")
    mine.post(f"/sharing/agenda/{line}/remove/")
    page = shown(mine.get("/bin/"))
    assert page.index("a line") < page.index("own words on reports")
    assert mine.post(f"/sharing/agenda/{line}/restore/", {"next": "/bin/"}).url == "/bin/"
    assert "a line" not in shown(mine.get("/bin/")) and "own words" in shown(mine.get("/bin/"))


# --- nobody else, the export, the end ---


def test_nobody_else_touches_it(mine, theirs, grant, stranger, client_of, connection, consent):
    say(mine, connection, "Steady.")
    row = Statement.objects.for_grant(grant).get()
    for client in (client_of(stranger), theirs):
        assert client.get(at(connection)).status_code == 404
        assert client.post(at(connection), {"id": str(row.pk), "version": "1", "text": "not mine"}).status_code == 404
        for act in ("remove", "restore"):
            assert client.post(f"/sharing/statements/{row.pk}/{act}/").status_code == 404
    assert standing(grant) == ["Steady."] and mine.post(f"/sharing/statements/{row.pk}/sing/").status_code == 404


def test_an_id_of_somebody_elses_is_the_ordinary_not_there(mine, grant, grant_of, counselor, stranger, connection, consent):
    theirs_too = Connection.objects.create(person=stranger, membership=counselor)
    row = put(stranger, grant_of(stranger), Statement(connection=theirs_too), text="theirs")
    assert say(mine, connection, "mine", {"id": str(row.pk)}).status_code == 404
    assert standing(grant) == [] and standing(grant_of(stranger)) == ["theirs"]


def test_it_leaves_in_the_export_with_whom_it_was_for(mine, person, grant, connection, consent):
    say(mine, connection, "removed words")
    say(mine, connection, "")
    say(mine, connection, "standing words")
    out = io.StringIO()
    write_json(out, grant, person)
    data = json.loads(out.getvalue())
    rows = data["tables"]["statement"]
    assert {(row["text"], row["deleted_at"] is None) for row in rows} == {("removed words", False), ("standing words", True)}
    named = {one["connection_id"]: one["counselor"] for one in data["consents"]}
    assert {named[row["connection_id"]] for row in rows} == {"Maria Lopez"}


def test_closing_the_account_takes_it_along(mine, person, grant, connection, consent):
    say(mine, connection, "Steady.")
    close_whole_account(person)
    assert not Statement.objects.for_grant(grant).exists()


def test_words_for_a_connection_that_is_gone_come_back(mine):
    page = mine.post(f"/sharing/{uuid.uuid4()}/statement/", {"id": str(uuid.uuid4()), "text": "still typing"})
    assert page.status_code == 404 and "still typing" in shown(page)
