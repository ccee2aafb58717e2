"""One person at a glance: what is shown by what is shared, and what never is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccessRecord
from care.actions import consents
from care.models import AgendaLine, FlagMark, Proposal, Review
from care.scopes import SHAREABLE
from journal.models import CheckIn, Craving, Entry, Lapse
from tests.care.case import NOTICE, alone, counted, days_of, here, life, put, shares, shown, today_of, writes
from tests.care.conftest import sign

CATEGORIES = [str(one.category) for one in SHAREABLE]
DAY = timedelta(days=1)
PAGES = ("", "session/", "timeline/")
# Words of a life, by the categories that must all be shared before a page may show them.
OPENED_BY = {
    "note-of-the-day": {"check-ins"},
    "Last check-in": {"check-ins"},
    "How has craving been?": {"check-ins", "insights"},
    "How has mood been?": {"check-ins", "insights"},
    "How are my goals going?": {"goals", "insights"},
    "marked-day": {"check-ins", "insights"},
    "craving-note": {"cravings"},
    "the-corner": {"cravings"},
    "the-long-walk": {"cravings"},
    "lapse-note": {"lapses"},
    "Return to use shared": {"lapses"},
    "goal-title": {"goals"},
    "step-done": {"goals"},
    "plan-line": {"plan"},
    "entry-title": {"entries"},
    "entry-body": {"entries"},
    "went-well-words": {"entries"},
    "agenda-line": set(),
    "No flag does not mean no risk.": set(),
}
NEVER = ("hidden-title", "hidden-body", "hidden-well", "kept-to-myself", "river")


def everything(client, connection):
    return " ".join(shown(client.get(here(connection, page))) for page in PAGES)


@pytest.mark.parametrize("categories", [
    *[[one] for one in CATEGORIES], CATEGORIES, ["check-ins", "insights"], ["goals", "insights"], ["cravings", "insights"],
])  # fmt: skip
def test_a_page_shows_what_is_shared_and_nothing_else(person, grant, connection, theirs, categories):
    entry = life(person, grant, connection)
    alone(person, grant, connection, *categories, entry=entry)
    text = everything(theirs, connection)
    wrong = {words: needs for words, needs in OPENED_BY.items() if (words in text) is not (needs <= set(categories))}
    assert wrong == {}
    assert [words for words in NEVER if words in text] == []


def test_an_entry_that_is_shown_no_longer_is_gone_at_once(person, grant, connection, theirs):
    entry = life(person, grant, connection)
    alone(person, grant, connection, "entries", entry=entry)
    assert "entry-body" in everything(theirs, connection)
    consents.hide_entry(person, connection.pk, entry.pk, timezone.now())
    assert "entry-body" not in everything(theirs, connection)


def test_a_pause_looks_like_somebody_who_wrote_nothing(person, grant, counselor, connection, theirs):
    entry = life(person, grant, connection)
    alone(person, grant, connection, *CATEGORIES, entry=entry)
    consents.pause(person, connection.pk, timezone.now())
    _brook, other = shares("brook", counselor)
    assert "agenda-line" in everything(theirs, connection)  # what is written to the counselor stays open
    for model in (AgendaLine, Proposal):
        model.objects.for_grant(grant).delete()
    for page in PAGES:
        paused, empty = (shown(theirs.get(here(one, page))) for one in (connection, other))
        assert paused.replace("River", "Brook") == empty, page


def test_the_banner_says_what_is_shared_until_when_and_what_for(person, grant, connection, theirs):
    alone(person, grant, connection, "check-ins", "goals")
    for page in PAGES:
        text = shown(theirs.get(here(connection, page)))
        assert "River shares check-ins and goals with you until" in text
        assert "It is to prepare and hold our sessions." in text
        assert "not shared" not in text.lower() and "returns to use" not in text


@pytest.mark.parametrize("page", [*PAGES, "messages/", "goals/", "notes/"])
def test_the_notice_stands_where_part_2_applies_and_only_there(organisation, connection, consent, theirs, page):
    assert shown(theirs.get(here(connection, page))).count(NOTICE) == (2 if page == "session/" else 1)  # and in the draft note
    organisation.is_part2 = False
    organisation.save()
    assert NOTICE not in shown(theirs.get(here(connection, page)))


def test_titles_and_addresses_name_nobody(person, grant, connection, theirs):
    alone(person, grant, connection, *CATEGORIES, entry=life(person, grant, connection))
    for page in PAGES:
        answer = theirs.get(here(connection, page)).content.decode()
        assert "River" not in answer[answer.index("<title>") : answer.index("</title>")]


def test_only_days_from_the_first_shared_one_on_count(person, grant, connection, theirs):
    days_of(person, grant, "3" * 40, ends=0)
    sign(grant, person, connection, {"check-ins": (today_of(person) - 8 * DAY).isoformat(), "insights": ""})
    assert "9 of the last 14 days have one" in shown(theirs.get(here(connection)))


def test_insights_from_a_later_day_draw_only_later_days(person, grant, connection, theirs):
    days_of(person, grant, "3" * 40, ends=0)
    sign(grant, person, connection, {"check-ins": "", "insights": (today_of(person) - 6 * DAY).isoformat()})
    page = theirs.get(here(connection))
    assert len(page.context["charts"][0].table.rows) == 7
    assert "14 of the last 14 days have one" in shown(page)


def test_a_read_tells_the_person_which_days_it_reached_over(person, connection, consent, theirs):
    theirs.get(here(connection))
    line = AccessRecord.objects.about(person.pk).filter(page="overview").last()
    assert line.first_day is not None and (line.last_day - line.first_day).days == 104
    assert set(line.categories.split()) == {*CATEGORIES, "contact"}


def test_an_older_entry_that_stands_on_the_page_counts_among_the_days(person, grant, connection, theirs):
    entry = put(person, grant, Entry(), 700, body="long ago")
    sign(grant, person, connection, {"check-ins": "", "entries": ""})
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    assert "long ago" in shown(theirs.get(here(connection)))
    line = AccessRecord.objects.about(person.pk).filter(page="overview").last()
    assert (line.first_day, line.last_day) == (entry.local_day, today_of(person))


# --- flags ---


def test_a_mark_sticks_moves_to_the_end_and_the_last_one_stands(person, grant, connection, consent, theirs):
    put(person, grant, Lapse(), 1)
    writes(person, connection, kind="call")
    page = theirs.get(here(connection))
    names = [one.name for one in page.context["flags"]]
    assert names == ["Asked for a call", "Return to use shared"]
    first = page.context["flags"][0].flag
    data = {"rule": first.rule, "key": first.key, "mark": "seen", "back": "overview"}
    answer = theirs.post(here(connection, "flags/"), data)
    assert answer.url == f"{here(connection)}?marked#flags"
    theirs.post(here(connection, "flags/"), data | {"mark": "acted"})
    page = theirs.get(here(connection))
    assert [(one.name, one.mark) for one in page.context["flags"]] == [
        ("Return to use shared", ""),
        ("Asked for a call", "acted"),
    ]
    assert "acted on" in shown(page)
    assert FlagMark.objects.get().by_id == connection.membership.person_id


@pytest.mark.parametrize(
    "bad", [{"rule": "craving-higher"}, {"key": "x" * 41}, {"mark": "dangerous"}, {"mark": ""}, {"rule": ""}]
)
def test_only_a_flag_that_is_there_is_marked(person, grant, connection, consent, theirs, bad):
    put(person, grant, Lapse(), 1)
    flag = theirs.get(here(connection)).context["flags"][0].flag
    answer = theirs.post(here(connection, "flags/"), {"rule": flag.rule, "key": flag.key, "mark": "seen"} | bad)
    assert answer.status_code == 422 and "was not marked" in shown(answer)
    assert not FlagMark.objects.exists()


def test_a_mark_needs_a_consent_and_is_anothers_business_for_a_stranger(person, grant, stranger, connection, consent, client_of):
    put(person, grant, Lapse(), 1)
    assert client_of(stranger).post(here(connection, "flags/"), {"rule": "return-to-use"}).status_code == 404
    consents.stop(person, connection.pk, timezone.now())
    assert not FlagMark.objects.exists()


def test_a_flag_shows_its_rule_its_numbers_and_a_checklist(person, grant, connection, consent, theirs):
    put(person, grant, Lapse(), 2)
    text = shown(theirs.get(here(connection)))
    for words in ("The person wrote it down and shares it.", "A flag is shown for 14 days.", "Motivation", "Medicine", "Life events",
                  "Staying alive: overdose, tolerance, naloxone", "Propose a page or a goal", "No flag does not mean no risk."):  # fmt: skip
        assert words in text, words


def test_the_persons_own_word_is_used(person, grant, connection, consent, theirs):
    person.lapse_word = "slip"
    person.save()
    put(person, grant, Lapse(), 2)
    assert "Slip shared" in shown(theirs.get(here(connection)))


# --- the person's own look at the same page ---


def test_the_person_sees_the_same_page_without_buttons(person, grant, connection, consent, mine):
    life(person, grant, connection)
    text = mine.get(f"/sharing/{connection.pk}/as-they-see/").content.decode()
    page = text[text.index("their-page") :]
    assert "Why look" in page and "agenda-line" in page and NOTICE in page
    assert "<button" not in page and "<form" not in page and "/care/p/" not in page


# --- costs ---


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_with_one_row_and_with_thirty(person, grant, connection, theirs, page):
    entry = life(person, grant, connection)
    alone(person, grant, connection, *CATEGORIES, entry=entry)
    once = counted(theirs, here(connection, page))
    for n in range(30):
        put(person, grant, CheckIn(mood=3), n % 10)
        put(person, grant, Craving(intensity=5, triggers=["argument"]), n % 10)
        put(person, grant, Lapse(), n % 10)
        writes(person, connection)
        Review.objects.create(connection=connection, at=timezone.now() - (30 + n) * DAY)
        more = put(person, grant, Entry(), n % 10, body="more")
        consents.show_entry(grant, person, connection.pk, more.pk, timezone.now())
    assert counted(theirs, here(connection, page)) == once <= 15


def test_what_is_over_or_foreign_is_absent(person, grant, counselor, stranger, connection, consent, theirs, client_of):
    _other, theirs_not = shares("brook", counselor)
    consents.stop(person, connection.pk, timezone.now())
    for page in PAGES:
        assert theirs.get(here(connection, page)).status_code == 404
        assert client_of(stranger).get(here(theirs_not, page)).status_code == 404
