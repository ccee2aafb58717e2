"""An organisation's own page: who works there, and counts that give nobody away."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.contrib import admin as django_admin
from django.test import RequestFactory
from django.utils import timezone

from care.actions import consents, invites, memberships
from care.admin import FirstMemberForm, MembershipAdmin
from care.counting import SMALLEST, WINDOW, Span, cell, counts, monday_before
from care.models import Connection, Consent, Invite, Membership, Message, Organisation
from recovery_site.closing import close_whole_account
from tests.care.conftest import care_client, fresh_client, make_counselor, sign
from tests.care.sharing import put, shown
from tests.conftest import make_person

PAGE = "/care/organisation/"
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def wren(organisation):
    """The admin."""
    return make_counselor("wren", organisation, role="admin", shown_name="Wren Hall")


@pytest.fixture
def office(wren):
    """The admin's client."""
    return care_client(wren.person)


def member(at, act):
    return f"{PAGE}members/{at.pk}/{act}/"


def spans(number, begins, ends=NOW + 300 * DAY):
    return [Span(uuid.uuid4(), begins, ends) for _ in range(number)]


def test_a_member_waits_is_confirmed_and_works(office, organisation, person, mine, counselor):
    code = re.search(r'<p class="code">([^<]+)</p>', office.post(f"{PAGE}{organisation.pk}/code/").content.decode())[1]
    assert code not in office.get(PAGE).content.decode()
    mine.post("/care/join/", {"code": code, "shown_name": "River Stone"})
    place = Membership.objects.get(person=person)
    page = shown(office.get(PAGE))
    assert "Waits to be confirmed" in page and "River Stone" in page
    for _ in range(2):
        assert office.post(member(place, "verify")).url == f"{PAGE}?done=verified"
    place.refresh_from_db()
    assert place.is_at_work and place.verified_by is not None
    assert care_client(person).get("/care/inbox/").status_code == 200


def test_somebody_is_confirmed_as_a_supervisor_and_can_be_invited(office, organisation, person, mine):
    code = re.search(r'<p class="code">([^<]+)</p>', office.post(f"{PAGE}{organisation.pk}/code/").content.decode())[1]
    mine.post("/care/join/", {"code": code, "shown_name": "River Stone"})
    place = Membership.objects.get(person=person)
    assert "As supervisor" in shown(office.get(PAGE))
    office.post(member(place, "verify"), {"role": "supervisor"})
    office.post(member(place, "verify"), {"role": "counselor"})  # pressed again: the first word stands
    place.refresh_from_db()
    assert place.is_at_work and place.role == Membership.Role.SUPERVISOR
    assert "River Stone supervisor" in shown(office.get(PAGE))
    assert care_client(person).get("/care/").status_code == 200
    again = re.search(r'<p class="code">([^<]+)</p>', office.post(f"{PAGE}{organisation.pk}/code/").content.decode())[1]
    page = care_client(person).post("/care/join/", {"code": again, "shown_name": "River Stone"})
    assert page.status_code == 422 and "member of this organisation already" in shown(page)


@pytest.mark.parametrize("said", ["admin", "", "owner"])
def test_nobody_is_confirmed_as_anything_else(office, organisation, said):
    place = make_counselor("newcomer", organisation)
    Membership.objects.filter(pk=place.pk).update(verified_at=None)
    office.post(member(place, "verify"), {"role": said})
    place.refresh_from_db()
    assert place.is_at_work and place.role == Membership.Role.COUNSELOR


def test_letting_go_asks_once_and_cuts_access_at_the_next_request(office, theirs, mine, counselor, connection, consent):
    assert theirs.get(f"/care/p/{connection.pk}/messages/").status_code == 200
    assert "They lose access to everything" in shown(office.get(member(counselor, "let-go")))
    assert theirs.get(f"/care/p/{connection.pk}/messages/").status_code == 200
    assert office.post(member(counselor, "let-go")).url == f"{PAGE}?done=left"
    for path in (f"p/{connection.pk}/messages/", f"p/{connection.pk}/goals/", f"p/{connection.pk}/notes/", "inbox/", "invite/"):
        assert theirs.get(f"/care/{path}").status_code == 404, path
    assert theirs.post(f"/care/p/{connection.pk}/messages/", {"text": "x"}).status_code == 404
    page = shown(office.get(PAGE))
    assert "Left" in page and "Maria Lopez" in page
    assert office.get(member(counselor, "let-go")).status_code == office.post(member(counselor, "verify")).status_code == 404
    assert "Maria Lopez left Harbor Clinic." in shown(mine.get("/sharing/"))


def test_the_last_admin_stays(office, wren, organisation):
    answer = office.post(member(wren, "let-go"))
    assert answer.status_code == 422 and "This is the only admin." in shown(answer)
    make_counselor("lark", organisation, role="admin")
    assert office.post(member(wren, "let-go")).status_code == 302
    assert office.get(PAGE).status_code == 404


def test_an_admin_sees_no_records_and_no_persons(office, person, grant, counselor, connection, consent):
    put(person, grant, Message(connection=connection, from_counselor=False), text="for Maria")
    page = shown(office.get(PAGE))
    assert "River" not in page and "river" not in page and "for Maria" not in page
    for path in (f"p/{connection.pk}/messages/", f"p/{connection.pk}/goals/", f"p/{connection.pk}/notes/", "inbox/", "invite/"):
        assert office.get(f"/care/{path}").status_code == 404, path


def test_nobody_else_finds_the_page_or_acts_on_it(mine, theirs, organisation, counselor, wren):
    other = Organisation.objects.create(name="Hill Practice")
    strangers = care_client(make_counselor("lark", other, role="admin").person)
    waiting = Membership.objects.create(organisation=organisation, person=make_person("moss"), shown_name="Moss")
    for client in (mine, theirs, strangers):
        for path in (member(waiting, "verify"), member(counselor, "let-go"), f"{PAGE}{organisation.pk}/code/"):
            assert client.post(path).status_code == 404, path
        assert client.post(f"{PAGE}{organisation.pk}/reply-time/", {"reply_time": "Never"}).status_code == 404
        assert client.get(member(counselor, "let-go")).status_code == 404
    assert mine.get(PAGE).status_code == theirs.get(PAGE).status_code == 404
    assert "Harbor Clinic" not in shown(strangers.get(PAGE))
    counselor.refresh_from_db()
    waiting.refresh_from_db()
    assert counselor.left_at is None and waiting.verified_at is None and not Invite.objects.exists()


def test_the_reply_time_is_the_organisations_word(office, mine, organisation, connection, consent):
    bad = office.post(f"{PAGE}{organisation.pk}/reply-time/", {"reply_time": "x" * 201})
    assert bad.status_code == 422 and "The most we can keep is 200" in shown(bad)
    office.post(f"{PAGE}{organisation.pk}/reply-time/", {"reply_time": "Mondays."})
    assert "Mondays." in shown(mine.get(f"/sharing/{connection.pk}/messages/"))


@pytest.mark.parametrize("number", range(2 * SMALLEST + 1))
def test_a_cell_names_a_step_of_ten_and_never_a_small_number(number):
    said = cell(number)
    assert said.is_small == (number < 10)
    assert said.least <= number <= said.most and said.most - said.least == 9


def test_two_shown_cells_give_away_no_third():
    """Whoever knows how many shared before, and how many began, does not learn how many ended where those are few."""
    seen = {}
    for before, began, ended in product(range(0, 45), range(0, 45), range(10)):
        if ended <= before + began:
            key = cell(before).least, cell(began).least, cell(before + began - ended).least
            seen.setdefault(key, set()).add(ended)
    whole = {key: found for key, found in seen.items() if max(key) < 40}
    # Apart from what follows from there being nobody at all, at least two numbers always stay possible.
    assert min(len(found) for found in whole.values()) >= 2


def test_people_are_counted_once_as_of_monday():
    rows = [
        *spans(12, MONDAY - 200 * DAY),  # shared all along
        *spans(11, MONDAY - 5 * DAY),  # began
        *spans(10, MONDAY - 200 * DAY, MONDAY - 10 * DAY),  # ended
        *spans(10, MONDAY - 300 * DAY, MONDAY - WINDOW - DAY),  # long over
        *spans(25, MONDAY + DAY),  # since Monday: not counted yet
        *spans(10, NOW, NOW - DAY),  # taken back before it began
    ]
    found = counts([*rows, *rows], NOW)
    assert (found.as_of, found.sharing.least, found.began.least, found.ended.least) == (MONDAY, 20, 10, 10)


def test_widening_and_a_second_counselor_are_no_beginning_and_no_end():
    people = [uuid.uuid4() for _ in range(10)]
    old = [Span(one, MONDAY - 200 * DAY, MONDAY - 3 * DAY) for one in people]
    new = [Span(one, MONDAY - 3 * DAY, NOW + DAY) for one in people]
    second = [Span(one, MONDAY - 2 * DAY, NOW + DAY) for one in people]
    found = counts([*old, *new, *second], NOW)
    assert found.sharing.least == 10 and found.began.is_small and found.ended.is_small


def test_who_signs_today_changes_nothing_before_monday():
    rows = spans(9, MONDAY - 5 * DAY)
    before = counts(rows, NOW)
    assert counts([*rows, *spans(1, NOW - timedelta(hours=1))], NOW) == before
    assert not counts([*rows, *spans(1, NOW - timedelta(hours=1))], NOW + 7 * DAY).sharing.is_small


def test_the_week_begins_on_monday_at_midnight():
    assert [monday_before(MONDAY + n * DAY) for n in range(7)] == [MONDAY] * 7
    assert monday_before(MONDAY - timedelta(seconds=1)) == MONDAY - 7 * DAY


def test_the_page_shows_steps_and_no_number_of_a_counselor(office, organisation, counselor, grant_of):
    def rows():
        return [text.strip() for text in re.findall(r"<td>([^<]+)</td>", office.get(PAGE).content.decode())]

    assert rows() == ["fewer than 10"] * 3
    moment = monday_before(timezone.now()) - DAY
    for n in range(12):
        somebody = make_person(f"somebody-{n}")
        connection = Connection.objects.create(person=somebody, membership=counselor)
        sign(grant_of(somebody), somebody, connection, {"check-ins": ""})
        if n == 11:
            consents.stop(somebody, connection.pk, timezone.now())
    assert rows() == ["fewer than 10"] * 3  # nobody learns today who signed today
    Consent.objects.update(signed_at=moment, starts_at=moment)
    Consent.objects.filter(revoked_at__isnull=False).update(revoked_at=moment + timedelta(hours=1))
    assert rows() == ["10 to 19", "10 to 19", "fewer than 10"]
    assert "12" not in re.sub(r"\d+ \w+ 20\d\d|10 to 19", "", shown(office.get(PAGE)).split("People who share")[1])
    memberships.leave(counselor, moment + timedelta(hours=2))
    assert rows() == ["fewer than 10", "10 to 19", "10 to 19"]


def test_a_closed_organisation_has_no_page(office, organisation):
    memberships.close(organisation, timezone.now())
    assert office.get(PAGE).status_code == 404


@pytest.fixture
def desk():
    """An operator's client: staff, with a second factor."""
    operator = make_person("operator")
    type(operator).objects.filter(pk=operator.pk).update(is_staff=True, is_superuser=True)
    operator.refresh_from_db()
    return operator, care_client(operator)


def test_operators_begin_an_organisation_and_name_its_first_admin(desk, stranger, settings):
    settings.DEBUG = True  # the operator's own second factor is tested elsewhere
    operator, client = desk
    client.post("/admin/care/organisation/add/", {"name": "Hill Practice", "country": "US", "reply_time": "Soon."})
    place = Organisation.objects.get(name="Hill Practice")
    page = client.get("/admin/care/membership/add/")
    assert page.status_code == 200 and "meadow" not in page.content.decode()
    data = {"organisation": str(place.pk), "shown_name": "Meadow Lane", "username": "nobody"}
    assert "There is no account with this name." in client.post("/admin/care/membership/add/", data).content.decode()
    client.post("/admin/care/membership/add/", data | {"username": " Meadow "})
    first = Membership.objects.get()
    assert (first.person, first.role, first.is_at_work, first.verified_by) == (stranger, "admin", True, operator)
    assert "an admin there already" in client.post("/admin/care/membership/add/", data | {"username": "meadow"}).content.decode()
    client.post("/admin/care/organisation/", {"action": "close_chosen", "_selected_action": [str(place.pk)]})
    place.refresh_from_db()
    assert place.closed_at is not None


def test_the_operators_desk_holds_no_consent_message_or_read_and_deletes_nothing(desk, counselor):
    ours = {model.__name__ for model in django_admin.site._registry if model._meta.app_label == "care"}
    assert ours == {"Organisation", "Membership"}
    request = RequestFactory().get("/admin/")
    request.user = desk[0]
    for registered in (django_admin.site._registry[Organisation], django_admin.site._registry[Membership]):
        assert not registered.has_delete_permission(request)
    found = MembershipAdmin(Membership, django_admin.site)
    assert not found.has_change_permission(request) and list(found.get_queryset(request)) == []
    assert "person" not in FirstMemberForm.base_fields


def test_a_code_to_join_ends_with_the_admin_who_made_it(office, wren, organisation, person):
    make_counselor("lark", organisation, role="admin")
    code = invites.make(Invite.Kind.TO_JOIN, timezone.now(), membership=wren).code
    memberships.leave(wren, timezone.now())
    with pytest.raises(invites.NotUsable):
        invites.join(person, code, "River", timezone.now())


def test_who_closes_their_account_works_there_no_longer(office, counselor, organisation):
    close_whole_account(counselor.person)
    page = shown(office.get(PAGE))
    at_work, left = page.split("Left", 1)
    assert "Maria Lopez" not in at_work and "Maria Lopez" in left
    counselor.refresh_from_db()
    assert counselor.left_at is not None and counselor.person is None


def test_an_account_that_is_off_is_said_to_be_off(office, counselor):
    assert "Their account is off." not in shown(office.get(PAGE))
    counselor.person.is_active = False
    counselor.person.save(update_fields=["is_active"])
    assert "Their account is off." in shown(office.get(PAGE))


def test_before_closing_the_only_admin_reads_what_it_means_for_the_others(wren, organisation):
    office = fresh_client(wren.person)
    page = shown(office.get("/settings/close/"))
    assert "You work at Harbor Clinic." in page and "You are the only admin there." in page
    make_counselor("joan", organisation, role="admin")
    page = shown(office.get("/settings/close/"))
    assert "You work at Harbor Clinic." in page and "only admin" not in page


def test_the_way_to_work_stands_on_me_for_those_who_work(mine, office, theirs, counselor, organisation):
    assert "My caseload" not in shown(mine.get("/me/")) and 'href="/care/join/"' in mine.get("/me/").content.decode()
    assert "My caseload" in shown(theirs.get("/me/")) and "My organisation" not in shown(theirs.get("/me/"))
    assert "My organisation" in shown(office.get("/me/")) and "My caseload" not in shown(office.get("/me/"))
    memberships.leave(counselor, timezone.now())
    assert "My caseload" not in shown(theirs.get("/me/"))


def test_an_admin_who_counsels_too_finds_the_team_on_every_page(theirs, counselor, organisation, connection, consent):
    paths = ["/care/", "/care/inbox/", "/care/notes/", "/care/invite/", f"/care/p/{connection.pk}/"]
    team = f'href="{PAGE}"'
    assert not any(team in theirs.get(path).content.decode() for path in paths)
    Membership.objects.create(
        organisation=organisation, person=counselor.person, role="admin", shown_name="Maria", verified_at=timezone.now()
    )
    assert all(team in theirs.get(path).content.decode() for path in paths)
