"""The counselor's pages as the person sees them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from care.actions import consents
from care.models import AgendaLine, Proposal
from goals.models import Goal
from journal.models import CheckIn, Craving, Entry, Lapse
from tests.care.sharing import put, shown, today_of

SEEN_PAGES = {"overview": "", "session": "session/", "timeline": "timeline/", "goals": "goals/", "report": "report/"}


def full(person, grant, connection):
    """A month with something in every part of the counselor's pages."""
    put(person, grant, CheckIn(mood=2), note="slept badly")
    put(person, grant, Craving(intensity=7, triggers=["argument"], strategies=["slow-breathing"]), note="on the bus")
    put(person, grant, Lapse(), days_ago=2, before="it was late")
    put(person, grant, Goal(life_skill="routine"), title="Walk each day")
    entry = put(person, grant, Entry(), body="Along the river.")
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    put(person, grant, Entry(), body="never shown")
    put(person, grant, AgendaLine(connection=connection), text="the week with my son")


def lines_of(html):
    """What can be read in a part of a page, line by line."""
    return {line for line in (re.sub(r"\s+", " ", part).strip() for part in re.sub(r"<[^>]+>", "\n", html).splitlines()) if line}


@pytest.mark.parametrize("page", SEEN_PAGES)
def test_the_person_sees_each_page_that_their_counselor_sees(mine, theirs, grant, person, connection, consent, page):
    full(person, grant, connection)
    text = mine.get(f"/sharing/{connection.pk}/as-they-see/?page={page}").content.decode()
    seen = text[text.index("their-page") :].split('</section>\n    <p class="hint">')[0]
    counselors = theirs.get(f"/care/p/{connection.pk}/{SEEN_PAGES[page]}").content.decode()
    own = lines_of(seen[seen.index(">") + 1 :]) - {"The draft note that they can copy"}
    assert len(own) > 5 and not {one for one in own - lines_of(counselors) if "Daybook keeps it nowhere" not in one}
    assert "never shown" not in text and "/care/p/" not in text and "<button" not in seen
    assert f'href="?page={page}" aria-current="page"' in text


# What a counselor can do there, and the words around it. Beyond that, all that stands on their pages is the person's to see.
DOING = {
    "Choose a beginning", "Choose what", "Comment", "Comment on this day", "Comment on this entry", "Prepare it",
    "Propose something", "Propose", "Propose a page or a goal", "Send", "Set a day", "Your comment", "Read", "·",
    "seen", "acted on", "not useful", "Goals and readings",
    "With a reason. The person takes it, changes it, or says “not for me”.",
}  # fmt: skip


@pytest.mark.parametrize("page", ["overview", "timeline", "goals"])
def test_nothing_about_a_person_stands_on_their_counselors_page_alone(mine, theirs, grant, person, connection, consent, page):
    full(person, grant, connection)
    own = lines_of(mine.get(f"/sharing/{connection.pk}/as-they-see/?page={page}").content.decode())
    own |= {f": {line}" for line in own}  # a button names to a screen reader what it is about
    counselors = theirs.get(f"/care/p/{connection.pk}/{SEEN_PAGES[page]}").content.decode()
    inside = counselors[counselors.index("<main") : counselors.index("</main>")]
    assert {line for line in lines_of(inside) - own if not re.fullmatch(r": \d+ \w+", line)} - DOING == set()


def test_what_each_page_shows_is_seen_there(mine, grant, person, connection, consent):
    full(person, grant, connection)
    look = f"/sharing/{connection.pk}/as-they-see/?page="
    assert "the week with my son" in shown(mine.get(f"{look}session"))
    month = shown(mine.get(f"{look}timeline"))
    assert "slept badly" in month and "on the bus" in month and "it was late" in month and "Along the river." in month
    assert "Walk each day" in shown(mine.get(f"{look}goals"))
    report = shown(mine.get(f"{look}report"))
    assert "Shared by consent" in report and "Along the river." not in report


def test_months_and_triggers_of_their_timeline_are_walked_here_too(mine, grant, person, connection, consent):
    put(person, grant, CheckIn(mood=2), days_ago=70, note="long ago")
    put(person, grant, Craving(intensity=7, triggers=["argument"]))
    page = mine.get(f"/sharing/{connection.pk}/as-they-see/?page=timeline").content.decode()
    link = re.search(r'href="(\?page=timeline&amp;m=[0-9-]+)"', page)[1].replace("&amp;", "&")
    assert mine.get(f"/sharing/{connection.pk}/as-they-see/{link}").status_code == 200
    assert re.search(r'href="\?page=timeline&amp;m=[0-9-]+&amp;t=argument"', page)
    then = (today_of(person) - timedelta(days=70)).strftime("%Y-%m")
    assert "long ago" in shown(mine.get(f"/sharing/{connection.pk}/as-they-see/?page=timeline&m={then}"))


def test_an_unknown_page_of_theirs_is_the_first_one(mine, connection, consent):
    assert "Why look" in shown(mine.get(f"/sharing/{connection.pk}/as-they-see/?page=notes"))


def test_the_persons_look_at_answers_leaves_them_new_for_the_counselor(mine, grant, person, connection, consent):
    row = put(
        person,
        grant,
        Proposal(connection=connection, kind="goal", answer="declined", answered_at=timezone.now()),
        title="A",
        why="B",
    )
    mine.get(f"/sharing/{connection.pk}/as-they-see/?page=goals")
    row.refresh_from_db()
    assert row.seen_at is None
