"""What follows from the moments of consents: whatever the clock says, what was made smaller or stopped stays so."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from accounts.days import day_begins, local_day
from accounts.grants import Category
from accounts.ids import new_id
from accounts.models import Person
from accounts.owned import stamp
from accounts.records import ClockTrouble, broken_links
from accounts.sealing import SealBroken
from accounts.writing import insert_once
from care import access
from care.actions import consents
from care.actions.consents import DELAY
from care.models import Consent, SharedEntry
from care.telling import tell
from goals.models import Goal, LookBack, Step
from journal.models import CheckIn, Entry
from tests.care.conftest import sign, wanted
from tests.care.test_door import ALL, lines, put

A_LITTLE = timedelta(seconds=30)


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as traveller:
        traveller.by = lambda delta: traveller.move_to(timezone.now() + delta)
        yield traveller


def opened(counselor, connection):
    """The categories that a read opens now; None where it is refused."""
    try:
        with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
            return set(map(str, reading.grant.spans)) - {"contact"}
    except Http404:
        return None


def sign_now(grant, person, connection, scopes, **more):
    there = consents.current(connection.pk, timezone.now())
    return consents.sign(
        grant, person, connection.pk, wanted(person, scopes, **more), str(there.pk) if there else "", timezone.now()
    )


def test_a_clock_that_goes_back_a_little_never_opens_again_what_was_made_smaller(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    clock.by(timedelta(minutes=5))
    sign_now(grant, person, connection, {"check-ins": ""})
    clock.by(-A_LITTLE)
    assert "cravings" not in (opened(counselor, connection) or set())
    clock.by(2 * A_LITTLE)
    assert opened(counselor, connection) == {"check-ins"}


def test_a_clock_that_goes_back_a_little_never_opens_again_what_was_stopped(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": ""})
    sign_now(grant, person, connection, {"check-ins": "", "goals": ""})
    clock.by(DELAY)
    assert opened(counselor, connection) == {"check-ins", "goals"}
    consents.stop(person, connection.pk, timezone.now())
    clock.by(-A_LITTLE)  # the moment before the wider one began
    assert opened(counselor, connection) is None


def test_a_change_of_the_name_or_the_purpose_alone_is_not_called_smaller(person, grant, connection, clock):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    sign_now(grant, person, connection, {"check-ins": "", "cravings": ""}, shown_name="Rio", purpose="peer")
    assert [one.categories for one in lines(person, "consent-changed")] == ["check-ins cravings"]
    assert lines(person, "consent-narrowed") == []
    for less in ({"days": 30}, {"scopes": {"check-ins": ""}, "days": 30}):
        sign_now(grant, person, connection, **{"scopes": {"check-ins": "", "cravings": ""}} | less)
    assert len(lines(person, "consent-narrowed")) == 2 and len(lines(person, "consent-changed")) == 1


def test_taking_back_what_waits_by_signing_what_holds_is_called_smaller(person, grant, connection, clock):
    sign(grant, person, connection, {"check-ins": ""})
    sign_now(grant, person, connection, {"check-ins": "", "goals": ""})
    sign_now(grant, person, connection, {"check-ins": ""})
    assert [one.categories for one in lines(person, "consent-narrowed")] == ["check-ins"]
    assert lines(person, "consent-changed") == []


def test_what_was_made_smaller_cannot_be_undone_into_more(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    sign_now(grant, person, connection, {"check-ins": ""})
    clock.by(-A_LITTLE)
    assert not consents.undo(person, connection.pk, timezone.now())
    clock.by(2 * A_LITTLE)
    assert opened(counselor, connection) == {"check-ins"}


def test_a_clock_that_ran_ahead_lets_a_person_stop_all_the_same(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": ""})
    clock.by(timedelta(days=400))
    consents.stop(person, connection.pk, timezone.now())
    clock.by(timedelta(days=-400))
    with pytest.raises((Http404, ClockTrouble)), access.read(counselor.person, connection.pk, "overview", ALL):
        raise AssertionError("the door opened")


def test_a_wrong_clock_shuts_the_door_and_never_keeps_a_person_from_stopping(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": ""})
    clock.by(timedelta(hours=-1))
    with pytest.raises(ClockTrouble), access.read(counselor.person, connection.pk, "overview", ALL):
        raise AssertionError("the door opened")
    consents.stop(person, connection.pk, timezone.now())
    clock.by(timedelta(hours=1))
    assert opened(counselor, connection) is None
    assert len(lines(person, "consent-revoked")) == 1 and broken_links() == []


def test_what_a_mixed_change_drops_closes_at_once_and_what_it_adds_opens_later(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": "", "cravings": "", "plan": ""})
    day = timezone.now().date().isoformat()
    sign_now(grant, person, connection, {"check-ins": day, "plan": "", "goals": ""})
    assert opened(counselor, connection) == {"check-ins", "plan"}
    assert consents.current(connection.pk, timezone.now()).scopes == {"check-ins": day, "plan": ""}
    clock.by(DELAY)
    assert opened(counselor, connection) == {"check-ins", "plan", "goals"}
    assert [one.categories for one in lines(person, "consent-narrowed")] == ["check-ins plan"]


def test_a_mixed_change_that_is_undone_leaves_what_both_had(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": "", "cravings": ""})
    sign_now(grant, person, connection, {"check-ins": "", "goals": ""})
    assert consents.undo(person, connection.pk, timezone.now())
    clock.by(DELAY)
    assert opened(counselor, connection) == {"check-ins"}


def test_a_change_that_keeps_nothing_closes_everything_until_it_begins(person, grant, counselor, connection, clock):
    sign(grant, person, connection, {"check-ins": ""})
    sign_now(grant, person, connection, {"goals": ""})
    assert opened(counselor, connection) is None
    clock.by(DELAY)
    assert opened(counselor, connection) == {"goals"}
    assert len(lines(person, "consent-revoked")) == 1


def test_an_entry_is_not_shown_again_by_a_later_consent(person, grant, counselor, connection, clock):
    entry = put(person, grant, Entry(), body="shown once")
    sign_now(grant, person, connection, {"entries": ""})
    assert consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    assert consents.undo(person, connection.pk, timezone.now())
    assert not SharedEntry.objects.now_shared(connection.pk).exists()
    sign_now(grant, person, connection, {"entries": ""}, days=1)
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    clock.by(timedelta(days=9))  # that one has ended by itself
    sign_now(grant, person, connection, {"entries": ""})
    clock.by(DELAY)
    with access.read(counselor.person, connection.pk, "timeline", ALL) as reading:
        assert not Entry.objects.for_grant(reading.grant).exists()


def test_signing_again_before_it_begins_keeps_the_entries_that_were_chosen(person, grant, counselor, connection, clock):
    entry = put(person, grant, Entry(), body="chosen")
    sign_now(grant, person, connection, {"entries": ""})
    consents.show_entry(grant, person, connection.pk, entry.pk, timezone.now())
    sign_now(grant, person, connection, {"entries": "", "goals": ""})
    clock.by(DELAY)
    with access.read(counselor.person, connection.pk, "timeline", ALL) as reading:
        assert [row.pk for row in Entry.objects.for_grant(reading.grant)] == [entry.pk]


def test_a_pause_holds_for_what_is_signed_during_it(person, grant, counselor, connection, clock):
    sign_now(grant, person, connection, {"check-ins": ""})
    consents.pause(person, connection.pk, timezone.now())
    sign_now(grant, person, connection, {"check-ins": "", "goals": ""})
    clock.by(DELAY)
    assert opened(counselor, connection) == set()
    consents.pause(person, connection.pk, timezone.now(), goes_on=True)
    assert opened(counselor, connection) == {"check-ins", "goals"}


def test_a_consent_that_would_end_before_it_begins_is_not_signed(person, grant, connection, clock):
    decision = wanted(person, {"check-ins": ""}, days=0)
    clock.move_to(consents.ends_at(decision.ends_on, person) - timedelta(minutes=5))
    with pytest.raises(consents.TooShort):
        consents.sign(grant, person, connection.pk, decision, "", timezone.now())
    assert consents.pending(connection.pk, timezone.now()) is None


def test_nobody_sees_the_steps_and_look_backs_of_a_goal_in_the_bin(person, grant, counselor, connection, consent):
    gone, there = put(person, grant, Goal(life_skill="communication")), put(person, grant, Goal(life_skill="communication"))
    steps = [put(person, grant, Step(goal=goal), wording="call") for goal in (gone, there)]
    looks = [put(person, grant, LookBack(goal=goal, choice="keep"), note="fine") for goal in (gone, there)]
    Goal.objects.for_grant(grant).filter(pk=gone.pk).update(deleted_at=timezone.now())
    with access.read(counselor.person, connection.pk, "goals", ALL) as reading:
        assert [row.pk for row in Step.objects.for_grant(reading.grant)] == [steps[1].pk]
        assert [row.pk for row in LookBack.objects.for_grant(reading.grant)] == [looks[1].pk]
        first = reading.today - timedelta(days=7)
        assert [row.pk for row in Step.objects.for_grants([reading.grant], first)] == [steps[1].pk]


def test_a_row_outside_its_days_does_not_open_however_a_page_came_by_it(person, grant, counselor, connection):
    old, new = (
        put(person, grant, Goal(life_skill="communication"), 40, title="old"),
        put(person, grant, Goal(life_skill="communication")),
    )
    step = put(person, grant, Step(goal=old), wording="call")
    shown, hidden = put(person, grant, Entry(), body="shown"), put(person, grant, Entry(), body="hidden")
    sign(grant, person, connection, {"goals": (timezone.now() - timedelta(days=3)).date().isoformat(), "entries": ""})
    consents.show_entry(grant, person, connection.pk, shown.pk, timezone.now())
    with access.read(counselor.person, connection.pk, "goals", ALL) as reading:
        assert [row.pk for row in reading.grant.open([new, step, shown])] == [new.pk, step.pk, shown.pk]
        for row in (old, Step.objects.for_grant(reading.grant).select_related("goal").get(pk=step.pk).goal, hidden):
            with pytest.raises(SealBroken):
                reading.grant.open_one(row)


def test_who_may_look_and_finds_nothing_is_recorded_without_blame(person, grant, counselor, connection, consent):
    other = put(person, grant, Entry(), body="not shown")
    with pytest.raises(Http404), access.read(counselor.person, connection.pk, "entry", ALL) as reading:
        Entry.objects.for_grant(reading.grant).one(other.pk)
    [line] = lines(person, "refused")
    assert line.page == "entry" and lines(person) == []
    [said] = tell([line], person, timezone.now())
    assert said.startswith("Maria Lopez asked for something that is not shown or is gone, and saw nothing, ")


def test_a_doubtful_consent_is_left_out_of_the_caseload_and_told(person, grant, counselor, connection, consent):
    type(consent).objects.filter(pk=consent.pk).update(text_version="never heard of")
    with access.read_many(counselor.person, "caseload", [Category.CHECK_INS]) as readings:
        assert readings == []
    assert [line.page for line in lines(person, "refused")] == ["caseload"]


def test_a_day_begins_by_the_clock_that_each_row_was_written_with(person, grant, counselor, connection, clock):
    day = local_day(timezone.now(), person.tz, person.day_start)
    begins = day_begins(day, person.tz, person.day_start)  # four in the morning, in New York
    rows = {}
    for name, moment in {"late": begins - timedelta(minutes=1), "early": begins}.items():
        rows[name] = CheckIn(mood=3, person_id=person.pk)
        stamp(rows[name], person, moment)
        insert_once(grant, rows[name], {})
    Person.objects.filter(pk=person.pk).update(tz="Asia/Tokyo")  # they moved; their rows did not
    sign(grant, person, connection, {"check-ins": day.isoformat()})
    with access.read(counselor.person, connection.pk, "overview", ALL) as reading:
        assert [row.pk for row in CheckIn.objects.for_grant(reading.grant)] == [rows["early"].pk]


def test_a_person_who_is_switched_off_is_simply_not_on_the_list(person, counselor, connection, consent):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with access.read_many(counselor.person, "caseload", [Category.CHECK_INS]) as readings:
        assert readings == []
    assert lines(person, "refused") == []


def test_of_two_that_are_in_force_the_one_signed_last_counts(person, grant, counselor, connection, consent):
    # No act of a person leaves two; a row that came in another way must not open what was narrowed later.
    later = Consent.objects.get(pk=consent.pk)
    later.pk, later.scopes, later.signed_at = new_id(), {"plan": ""}, consent.signed_at + timedelta(seconds=1)
    grant.seal(later, shown_name="River", signed_text="Less.")
    later.save(force_insert=True)
    assert opened(counselor, connection) == {"plan"}
    with access.read_many(counselor.person, "caseload", ALL) as readings:
        assert [set(map(str, one.grant.spans)) for one in readings] == [{"plan", "contact"}]
