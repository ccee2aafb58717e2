"""People decide, time passes, counselors come and go, and somebody reads in between: nothing is ever seen outside the consent of
that moment, and every look and every refusal stands in the person's record.

`make prove-care` (CARE_RUNS=5000) tells that many stories; the ordinary suite tells a few, always the same ones.
"""

import os
import time as clock_time
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import Http404
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from accounts.days import local_day
from accounts.grants import Category
from accounts.models import AccessRecord, Person
from accounts.owned import Owned
from accounts.records import ClockTrouble, broken_links
from care import access
from care.actions import consents, invites, memberships
from care.actions.consents import ChangedMeanwhile, TooShort, Wanted
from care.actions.leaving_out import leave_out
from care.middleware import SEEN
from care.models import Membership
from journal.models import Lapse
from recovery_site.closing import close_whole_account
from tests.care.cast import DAYS_AGO, PAIRS, Cast, assemble, grant_of
from tests.care.conftest import care_client
from tests.care.oracle import ALL_DAYS

RUNS = int(os.environ.get("CARE_RUNS", "0"))
BASE = datetime(2026, 11, 20, 17, tzinfo=UTC)
MODELS = [model for model in apps.get_models() if issubclass(model, Owned)]
SHAREABLE = ("check-ins", "cravings", "lapses", "goals", "plan", "insights", "entries")
PAGES = ("/care/p/{}/", "/care/p/{}/session/", "/care/p/{}/timeline/")
CASELOAD = "/care/"
TALLY: Counter = Counter()

pairs = st.sampled_from(PAIRS)
# The counselor of the pair reads most often; the others must never see anything.
others = st.sampled_from(["maria", "jo", "sam", "ann", "river", "meadow"])
reach = st.sampled_from([ALL_DAYS, 41, 3, 1, 0])
scopes = st.dictionaries(st.sampled_from(SHAREABLE), reach, min_size=1)
some = st.sets(st.sampled_from(SHAREABLE), min_size=1, max_size=3)
wanted = st.one_of(st.just(set(Category)), st.sets(st.sampled_from(list(Category)), max_size=4))
last_day = st.sampled_from([0, 1, 20, 90])
a_while = st.sampled_from([timedelta(seconds=s) for s in (1, 599, 600, 5 * 3600, 24 * 3600, 30 * 24 * 3600)])
a_step_back = st.sampled_from([timedelta(seconds=s) for s in (1, 90, 900, 7200)])


def there_are(pages):
    try:
        return all(resolve(page.format(uuid4())) for page in pages)
    except Resolver404:
        return False


class Stories(RuleBasedStateMachine):
    """One story a run, told in a transaction that is rolled back."""

    cast: Cast
    numbers: dict[str, int]

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.travel = time_machine.travel(BASE, tick=False)
        self.clock = self.travel.start()
        self.world = deepcopy(self.cast.world)
        self.told = dict(self.numbers)
        self.latest = BASE
        self.clients = {}
        self.steps = 0

    def teardown(self):
        try:
            assert broken_links() == []
        finally:
            self.travel.stop()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            TALLY["stories"] += 1

    # --- what the oracle knows ---

    @property
    def now(self):
        return timezone.now()

    @property
    def is_back(self) -> bool:
        """Whether the clock shows less than it showed before: then less may be seen, never more."""
        return self.now < self.latest

    @property
    def goes_right(self) -> bool:
        return not self.is_back

    @property
    def has_gone_on(self) -> bool:
        return self.steps > 9

    def lines_of(self, name: str) -> list[tuple]:
        """The new lines of somebody's record."""
        rows = AccessRecord.objects.about(self.cast.people[name].pk).filter(number__gt=self.told[name])
        lines = list(rows.values_list("number", "action", "categories", "actor_id", "page"))
        self.told[name] = max((line[0] for line in lines), default=self.told[name])
        names = {person.pk: who for who, person in self.cast.people.items()}
        return sorted((action, categories, names[actor], page) for _, action, categories, actor, page in lines)

    def check_told(self, pair):
        """The person's record says exactly what the person did."""
        expected, self.world.between[pair].told = sorted(self.world.between[pair].told), []
        assert self.lines_of(pair[0]) == expected
        self.steps += 1

    def person(self, pair) -> Person:
        return self.cast.people[pair[0]]

    def lives(self, pair) -> bool:
        return self.world.lives[pair[0]]

    def iso(self, pair, days_ago) -> str:
        if days_ago == ALL_DAYS:
            return ALL_DAYS
        person = self.person(pair)
        return (local_day(self.now, person.tz, person.day_start) - timedelta(days=days_ago)).isoformat()

    # --- what a person decides ---

    @initialize(first=st.lists(scopes, min_size=3, max_size=3), waited=st.sampled_from([True, True, True, False]))
    def everybody_signs(self, first, waited):
        for pair, what in zip(PAIRS, first, strict=True):
            self.sign(pair, {name: ALL_DAYS if name == "entries" else self.iso(pair, ago) for name, ago in what.items()}, 90)
        if waited:
            self.time_passes(timedelta(minutes=10))

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, what=scopes, days=last_day)
    def signs(self, pair, what, days):
        self.sign(pair, {name: ALL_DAYS if name == "entries" else self.iso(pair, ago) for name, ago in what.items()}, days)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, less=some)
    def narrows(self, pair, less):
        held = self.world.between[pair].in_force(self.now)
        if held and set(held.scopes) - less:
            self.sign(pair, {name: day for name, day in held.scopes.items() if name not in less}, 20)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, more=some)
    def widens(self, pair, more):
        held = self.world.between[pair].in_force(self.now)
        if held:
            self.sign(pair, held.scopes | dict.fromkeys(more, ALL_DAYS), 90)

    def sign(self, pair, what, days):
        if not self.lives(pair):
            return
        person = self.person(pair)
        last = local_day(self.now, person.tz, person.day_start) + timedelta(days=days)
        ends = datetime.combine(last + timedelta(days=1), time(4), tzinfo=ZoneInfo(person.tz)).astimezone(UTC)
        there = consents.current(self.cast.connections[pair].pk, self.now)
        decision = Wanted(what, "counseling", last, "Shown")
        is_long_enough = self.world.between[pair].sign(what, ends, self.now)
        try:
            consents.sign(
                grant_of(person), person, self.cast.connections[pair].pk, decision, str(there.pk) if there else "", self.now
            )
        except TooShort:
            assert not is_long_enough
        else:
            assert is_long_enough
        TALLY["signed"] += 1
        self.check_told(pair)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, which=st.integers(0, len(SHAREABLE) - 1))
    def leaves_one_out(self, pair, which):
        one, connection = self.world.between[pair], self.cast.connections[pair]
        shown = one.waits or one.in_force(self.now)
        if not self.lives(pair) or shown is None:
            return
        name = sorted(shown.scopes)[which % len(shown.scopes)]
        rest = {other: day for other, day in shown.scopes.items() if other != name}
        if not (rest and one.sign(rest, shown.ends, self.now)):
            one.stop(self.now)
        person = self.person(pair)
        leave_out(grant_of(person), person, connection.pk, Category(name), self.now)
        TALLY["left out"] += 1
        self.check_told(pair)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs)
    def the_counselor_asks_again(self, pair):
        if self.lives(pair):
            code = invites.make("person", self.now, person=self.person(pair)).code
            with suppress(invites.NotUsable):
                invites.use_as_counselor(self.cast.works[pair[1]], code, self.now)
            TALLY["asked again"] += 1
            self.check_told(pair)  # asking opens nothing, and is no look

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs)
    def signs_in_a_window_that_is_behind(self, pair):
        if self.lives(pair):
            person = self.person(pair)
            decision = Wanted({"plan": ""}, "counseling", self.now.date() + timedelta(days=9), "Shown")
            with pytest.raises(ChangedMeanwhile):
                consents.sign(grant_of(person), person, self.cast.connections[pair].pk, decision, str(uuid4()), self.now)
            self.check_told(pair)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs)
    def undoes(self, pair):
        if self.lives(pair):
            expected = self.world.between[pair].undo(self.now)
            assert consents.undo(self.person(pair), self.cast.connections[pair].pk, self.now) == expected
            self.check_told(pair)

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, paused=st.booleans())
    def pauses_or_goes_on(self, pair, paused):
        if self.lives(pair):
            self.world.between[pair].pause(self.now, paused=paused)
            consents.pause(self.person(pair), self.cast.connections[pair].pk, self.now, goes_on=not paused)
            self.check_told(pair)

    @rule(pair=pairs)
    def stops(self, pair):
        if not self.lives(pair):
            return
        self.world.between[pair].stop(self.now)
        consents.stop(self.person(pair), self.cast.connections[pair].pk, self.now)
        if self.is_back:  # by such a clock more than one may look alive
            self.world.between[pair].told = self.lines_of(pair[0])
            self.told[pair[0]] -= len(self.world.between[pair].told)
        self.check_told(pair)

    @precondition(lambda self: self.has_gone_on and self.goes_right)
    @rule(name=st.sampled_from(["river", "meadow", "maria", "jo"]), sure=st.integers(0, 3))
    def closes_the_account(self, name, sure):
        if sure or not self.world.lives[name]:
            return
        between = [one for one in self.world.between.values() if one.person == name]
        for one in between:
            one.stop(self.now)
        close_whole_account(Person.objects.select_related("data_key").get(pk=self.cast.people[name].pk))
        expected = [line for one in between for line in one.told] + [("account-closed", "", name, "")]
        assert self.lines_of(name) == sorted(expected)
        for one in between:
            one.told = []
        self.world.lives[name] = False
        self.world.rows = {row.id: row for row in self.world.rows.values() if row.person != name}
        TALLY["accounts closed"] += 1

    # --- what a person writes and shows ---

    @precondition(lambda self: self.goes_right)
    @rule(pair=pairs, nth=st.integers(0, len(DAYS_AGO) - 1), shown=st.booleans())
    def shows_or_hides_an_entry(self, pair, nth, shown):
        if not self.lives(pair):
            return
        one, person, connection = self.world.between[pair], self.person(pair), self.cast.connections[pair]
        entry = [row for row in self.world.rows.values() if (row.model, row.person) == ("Entry", pair[0])][nth]
        if not shown:
            one.shown.discard(entry.id)
            consents.hide_entry(person, connection.pk, entry.id, self.now)
        elif entry.is_binned:
            with pytest.raises(Http404):
                consents.show_entry(grant_of(person), person, connection.pk, entry.id, self.now)
        else:
            has_place = one.shows_entries(self.now)
            one.shown |= {entry.id} if has_place else set()
            assert consents.show_entry(grant_of(person), person, connection.pk, entry.id, self.now) == has_place
        self.check_told(pair)

    @rule(name=st.sampled_from(["river", "meadow"]), nth=st.integers(0, 99), binned=st.booleans())
    def bins_or_restores(self, name, nth, binned):
        rows = [row for row in self.world.rows.values() if row.person == name]
        if rows:
            row = rows[nth % len(rows)]
            model = next(model for model in MODELS if model.__name__ == row.model and self.has(model, row, name))
            moment = self.now if binned else None
            model.objects.for_grant(grant_of(self.cast.people[name])).filter(pk=row.id).update(deleted_at=moment)
            row.is_binned = binned

    def has(self, model, row, name) -> bool:
        return model.objects.for_grant(grant_of(self.cast.people[name])).filter(pk=row.id).exists()

    @rule(name=st.sampled_from(["river", "meadow"]), nth=st.integers(0, len(DAYS_AGO) - 1), withheld=st.booleans())
    def keeps_a_lapse(self, name, nth, withheld):
        rows = [row for row in self.world.rows.values() if (row.model, row.person) == ("Lapse", name)]
        if rows:
            Lapse.objects.for_grant(grant_of(self.cast.people[name])).filter(pk=rows[nth].id).update(withheld=withheld)
            rows[nth].is_withheld = withheld

    # --- what happens around them ---

    @rule(delta=a_while)
    def time_passes(self, delta):
        self.clock.move_to(self.now + delta)
        self.latest = max(self.latest, self.now)
        if self.goes_right:
            for one in self.world.between.values():
                one.pass_to(self.now)
        self.steps += 1

    @precondition(lambda self: self.goes_right)
    @rule(delta=a_step_back)
    def the_clock_goes_back(self, delta):
        if self.now - delta > BASE:
            self.clock.move_to(self.now - delta)
            TALLY["clock back"] += 1

    @precondition(lambda self: self.has_gone_on)
    @rule(name=st.sampled_from(["maria", "jo"]), elsewhere=st.booleans(), sure=st.integers(0, 3))
    def a_counselor_leaves(self, name, elsewhere, sure):
        if sure:
            return
        memberships.leave(self.cast.works[name], self.now)
        self.world.works[name] = False
        if elsewhere and self.world.lives[name]:
            there = {"organisation": self.cast.places["cove"], "person": self.cast.people[name], "shown_name": name.title()}
            there = Membership.objects.filter(**there, left_at=None).first() or Membership.objects.create(**there)
            memberships.verify(there, self.cast.people["ann"], self.now)
        TALLY["counselors left"] += 1

    @precondition(lambda self: self.has_gone_on)
    @rule(name=st.sampled_from(["harbor", "cove"]), sure=st.integers(0, 5))
    def an_organisation_closes(self, name, sure):
        if not sure:
            memberships.close(self.cast.places[name], self.now)
            self.world.is_open[name] = False
            TALLY["organisations closed"] += 1

    # --- who looks ---

    @rule(pair=pairs, what=wanted)
    def the_counselor_reads(self, pair, what):
        self.reads(pair[1], pair, what)

    @rule(pair=pairs, what=wanted)
    def the_counselor_reads_again(self, pair, what):
        self.reads(pair[1], pair, what)

    @rule(reader=others, pair=pairs, what=wanted)
    def somebody_reads(self, reader, pair, what):
        self.reads(reader, pair, what)

    def reads(self, reader, pair, what):
        decision = self.world.may(reader, pair, self.now)
        line, opened, seen = None, None, set()
        try:
            with access.read(self.cast.people[reader], self.cast.connections[pair].pk, "overview", what) as reading:
                opened, seen = set(map(str, reading.grant.spans)), self.everything(reading.grant)
                line = ("read", " ".join(sorted(opened)), reader, "overview")
        except Http404:
            opened, seen, line = None, set(), ("refused", "", reader, "overview") if self.lives(pair) else None
        except ClockTrouble:  # neither the look nor the refusal could be recorded: the request failed
            assert self.is_back
            opened, seen, line = None, set(), None
        self.judge(pair, decision, opened, seen, set(map(str, what)))
        assert self.lines_of(pair[0]) == ([line] if line else [])
        TALLY["reads opened" if opened else "reads refused"] += 1
        self.steps += 1

    def judge(self, pair, decision, opened, seen, what):
        may_open = self.world.opened(pair, what, decision) if decision else None
        may_see = self.world.seen(pair, may_open, decision) if decision else set()
        if self.is_back:
            assert opened is None or (may_open is not None and opened <= may_open and seen <= may_see)
        else:
            assert (opened, seen) == (may_open, may_see)

    def everything(self, grant) -> set:
        """The ids of everything that a grant reaches, each row with the word that was written into it."""
        found = set()
        for row in (row for model in MODELS for row in model.objects.for_grant(grant)):
            found.add(row.pk)
            word = self.world.rows[row.pk].word
            assert not word or word in grant.open_one(row).words.values()
        TALLY["rows seen"] += len(found)
        return found

    @rule(reader=others, what=wanted, back=st.sampled_from([2, 30, 400]))
    def somebody_reads_the_caseload(self, reader, what, back):
        may = {pair: self.world.may(reader, pair, self.now) for pair in PAIRS}
        names, opened, seen, first = set(map(str, what)), {}, set(), self.now.date() - timedelta(days=back)
        try:
            with access.read_many(self.cast.people[reader], "caseload", what) as readings:
                pairs_by_id = {connection.pk: pair for pair, connection in self.cast.connections.items()}
                opened = {pairs_by_id[one.connection_id]: set(map(str, one.grant.spans)) for one in readings}
                grants = [one.grant for one in readings]
                seen = {row for model in MODELS for row in model.objects.for_grants(grants, first).values_list("pk", flat=True)}
        except Http404:
            assert self.is_back
            opened, seen = {}, set()
        may_open = {pair: self.world.opened(pair, names, decision) for pair, decision in may.items() if decision}
        singly = {row.id for row in self.world.rows.values() if row.category == "entries"}
        may_see = {row for pair, cats in may_open.items() for row in self.world.seen(pair, cats, may[pair], first)} - singly
        if self.is_back:
            assert all(cats <= may_open.get(pair, set()) for pair, cats in opened.items()) and seen <= may_see
        else:
            assert (opened, seen) == (may_open, may_see)
        expected = {name: [("read", " ".join(sorted(cats)), reader, "caseload") for pair, cats in opened.items() if pair[0] == name]
                    for name in ("river", "meadow")}  # fmt: skip
        assert {name: self.lines_of(name) for name in expected} == expected
        TALLY["caseloads"] += 1
        self.steps += 1

    @rule(name=st.sampled_from(["river", "meadow"]))
    def a_person_reads_their_own(self, name):
        if self.world.lives[name]:
            mine = {row.id for row in self.world.rows.values() if row.person == name}
            assert self.everything(grant_of(self.cast.people[name])) == mine

    # --- over the wire ---

    @precondition(lambda self: there_are(PAGES))
    @rule(pair=pairs, page=st.sampled_from(PAGES))
    def the_counselor_opens_a_page(self, pair, page):
        self.opens(pair[1], pair, page)

    @precondition(lambda self: there_are(PAGES))
    @rule(reader=others, pair=pairs, page=st.sampled_from(PAGES))
    def somebody_opens_a_page(self, reader, pair, page):
        self.opens(reader, pair, page)

    def opens(self, reader, pair, page):
        decision = self.world.may(reader, pair, self.now)
        response = self.get(reader, page.format(self.cast.connections[pair].pk))
        self.check_words(response, [pair] if decision else [], reader)
        lines = self.lines_of(pair[0])
        if not self.is_back:
            assert (response.status_code == 200) == (decision is not None), (response.status_code, page)
        if response.status_code == 200:
            [(action, categories, actor, _page)] = lines
            assert (action, actor) == ("read", reader)
            assert set(categories.split()) <= self.world.opened(pair, set(SHAREABLE), decision)
        elif response.status_code == 404 and self.lives(pair):
            assert [line[0] for line in lines] == ["refused"]
        TALLY[f"pages {response.status_code}"] += 1
        self.steps += 1

    @precondition(lambda self: there_are([CASELOAD]))
    @rule(reader=st.sampled_from(["maria", "maria", "jo", "sam", "ann", "river"]))
    def somebody_opens_the_caseload(self, reader):
        may = [pair for pair in PAIRS if self.world.may(reader, pair, self.now)]
        response = self.get(reader, CASELOAD)
        self.check_words(response, may, reader)
        told = {name: self.lines_of(name) for name in ("river", "meadow")}
        if response.status_code == 200 and not self.is_back:
            assert {name for name, lines in told.items() if lines} == {pair[0] for pair in may}
        assert {line[0] for lines in told.values() for line in lines} <= {"read"}
        TALLY[f"caseload pages {response.status_code}"] += 1
        self.steps += 1

    def get(self, reader, address):
        if not self.world.lives[reader]:  # whoever closed the account still has the browser they had
            return self.clients.get(reader, Client()).get(address)
        if reader not in self.clients or SESSION_KEY not in self.clients[reader].session:  # a session of a month ago is over
            self.clients[reader] = care_client(self.cast.people[reader])
        client = self.clients[reader]
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"at": clock_time.time(), "method": "mfa", "type": "totp", "id": 1}]
        session.pop(SEEN, None)
        session.save()
        client.raise_request_exception = False
        return client.get(address)

    def check_words(self, response, may, reader):
        """No word of a row that may not be seen stands on the page."""
        allowed = set()
        for pair in may:
            decision = self.world.may(reader, pair, self.now)
            allowed |= self.world.seen(pair, self.world.opened(pair, set(SHAREABLE), decision), decision)
        body = response.content.decode()
        shown = {row.id for row in self.world.rows.values() if row.word and row.word in body}
        assert shown <= allowed and (response.status_code == 200 or "canary" not in body)
        TALLY["words on pages"] += len(shown)


@pytest.mark.slow
def test_no_story_shows_anything_outside_the_consent_of_its_moment(db):
    with time_machine.travel(BASE - timedelta(minutes=1), tick=False):
        Stories.cast = assemble()
    Stories.numbers = {name: AccessRecord.objects.about(person.pk).last().number for name, person in Stories.cast.people.items()}
    TALLY.clear()
    run_state_machine_as_test(
        Stories,
        settings=settings(
            max_examples=RUNS or 120,
            stateful_step_count=25,
            derandomize=not RUNS,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(dict(TALLY))
    assert TALLY["reads opened"] and TALLY["reads refused"] and TALLY["rows seen"]
