"""Invitations on the counselor's side, and joining an organisation."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from care.actions import consents, invites, memberships
from care.models import Connection, Consent, Invite, Membership, Organisation
from care.texts import day
from tests.care.conftest import care_client, make_counselor, sign
from tests.care.sharing import shown

PAGE, JOIN = "/care/invite/", "/care/join/"
Kind = Invite.Kind


def code_in(page):
    return re.search(r'<p class="code">([^<]+)</p>', page.content.decode())[1]


def of_person(person, ago=timedelta()):
    return invites.make(Kind.FROM_PERSON, timezone.now() - ago, person=person).code


@pytest.fixture
def admin(organisation):
    """Wren, the admin."""
    return make_counselor("wren", organisation, role="admin", shown_name="Wren Hall")


def to_join(admin, ago=timedelta()):
    return invites.make(Kind.TO_JOIN, timezone.now() - ago, membership=admin).code


def test_a_code_is_shown_once_with_its_link_and_connects_without_opening(mine, theirs, person, counselor):
    page = theirs.post(PAGE, {"go": "make", "membership": str(counselor.pk)})
    code = code_in(page)
    assert f"http://testserver/sharing/code/{code}/" in page.content.decode()
    assert code not in theirs.get(PAGE).content.decode()
    assert "not used yet" in shown(theirs.get(PAGE))
    assert code in mine.get(f"/sharing/code/{code}/").content.decode()
    mine.post("/sharing/code/", {"code": code.lower().replace("-", " ")})
    assert Connection.objects.get().person == person and not Consent.objects.exists()
    page = shown(theirs.get(PAGE))
    assert "The person has not decided yet." in page and "not used yet" not in page and "river" not in page.lower()


def test_a_persons_code_asks_the_person_and_opens_nothing(mine, theirs, person, counselor):
    answer = theirs.post(PAGE, {"code": of_person(person), "membership": str(counselor.pk)})
    assert answer.url == f"{PAGE}?asked#open"
    connection = Connection.objects.get()
    assert connection.answered_at is None and theirs.get(f"/care/p/{connection.pk}/messages/").status_code == 404
    assert "Maria Lopez" in shown(mine.get("/sharing/"))


def test_codes_that_do_not_work_say_why_and_stay_typed(theirs, person, counselor, organisation):
    used = of_person(person)
    invites.use_as_counselor(counselor, used, timezone.now())
    own = of_person(counselor.person)
    counselors = invites.make(Kind.FROM_COUNSELOR, timezone.now(), membership=counselor).code
    for code, message in (
        ("", "Type the code that the person gave you."),
        ("ABCDE-12345", "We do not know this code."),
        (counselors, "We do not know this code."),
        (used, "This code was used already."),
        (of_person(person, timedelta(days=7, minutes=1)), "This code has run out."),
        (own, "This is your own code."),
    ):
        answer = theirs.post(PAGE, {"code": code, "membership": str(counselor.pk)})
        assert answer.status_code == 422 and message in shown(answer), code
        assert code in answer.content.decode()
    assert Connection.objects.count() == 1


def test_with_several_places_one_chooses(counselor, person, organisation):
    other = Organisation.objects.create(name="Hill Practice", country="US")
    second = Membership.objects.create(
        organisation=other, person=counselor.person, shown_name="Maria Lopez", verified_at=timezone.now()
    )
    client = care_client(counselor.person)
    code = of_person(person)
    assert client.post(PAGE, {"code": code}).status_code == 422
    assert client.post(PAGE, {"go": "make"}).status_code == 422
    assert client.post(PAGE, {"go": "make", "membership": str(make_counselor("joan", organisation).pk)}).status_code == 422
    client.post(PAGE, {"code": code, "membership": str(second.pk)})
    assert Connection.objects.get().membership == second
    client.post(PAGE, {"go": "make", "membership": str(second.pk)})
    assert Invite.objects.get(kind=Kind.FROM_COUNSELOR).membership == second


def test_only_counselors_and_supervisors_invite(mine, organisation, admin):
    assert mine.get(PAGE).status_code == mine.post(PAGE, {"go": "make"}).status_code == 404
    assert care_client(admin.person).get(PAGE).status_code == 404
    supervisor = make_counselor("lark", organisation, role="supervisor")
    assert care_client(supervisor.person).get(PAGE).status_code == 200
    memberships.close(organisation, timezone.now())
    assert care_client(supervisor.person).get(PAGE).status_code == 404


def test_guessing_codes_is_slowed_down(theirs, mine, counselor):
    answers = [theirs.post(PAGE, {"code": f"AAAAA-0000{n}", "membership": str(counselor.pk)}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert theirs.get(PAGE).status_code == 200
    assert [mine.post(JOIN, {"code": f"AAAAA-0000{n}", "shown_name": "X"}).status_code for n in range(11)] == [422] * 10 + [429]


def test_joining_waits_for_the_admin_and_opens_nothing(mine, person, admin, organisation):
    data = {"code": to_join(admin), "shown_name": "River Stone"}
    assert mine.post(JOIN, data).url == f"{JOIN}?done"
    place = Membership.objects.get(person=person)
    assert (place.organisation, place.role, place.shown_name, place.verified_at) == (
        organisation,
        "counselor",
        "River Stone",
        None,
    )
    page = shown(mine.get(f"{JOIN}?done"))
    assert "waits to be confirmed" in page and "Harbor Clinic" in page
    for path in (PAGE, "/care/inbox/", "/care/organisation/"):
        assert mine.get(path).status_code == 404
    again = mine.post(JOIN, {"code": to_join(admin), "shown_name": "River Stone"})
    assert again.status_code == 422 and "You are a member of this organisation already." in shown(again)


def test_join_codes_that_do_not_work_keep_what_was_typed(mine, person, admin, organisation):
    used = to_join(admin)
    Invite.objects.filter(kind=Kind.TO_JOIN).update(used_at=timezone.now())
    for code, message in (
        ("nothing", "We do not know this code."),
        (of_person(person), "We do not know this code."),
        (used, "This code was used already."),
        (to_join(admin, timedelta(days=8)), "This code has run out."),
    ):
        answer = mine.post(JOIN, {"code": code, "shown_name": "River Stone"})
        assert answer.status_code == 422 and message in shown(answer) and "River Stone" in answer.content.decode()
    nameless = mine.post(JOIN, {"code": to_join(admin), "shown_name": " "})
    assert nameless.status_code == 422 and "Write the name that people know you by." in shown(nameless)
    fresh = to_join(admin)
    memberships.close(organisation, timezone.now())
    closed = mine.post(JOIN, {"code": fresh, "shown_name": "River Stone"})
    assert closed.status_code == 422 and "is not here any more" in shown(closed)
    assert not Membership.objects.filter(person=person).exists()


def ask(theirs, person, counselor):
    return theirs.post(PAGE, {"code": of_person(person), "membership": str(counselor.pk)})


def test_asking_again_after_it_ended_reaches_the_person(mine, theirs, person, counselor, connection, consent):
    consents.stop(person, connection.pk, timezone.now())
    assert "asks what you want to share" not in shown(mine.get("/today/"))
    assert "The person has not decided yet." not in shown(theirs.get(PAGE))
    ask(theirs, person, counselor)
    assert Connection.objects.get().pk == connection.pk
    assert "Maria Lopez asks what you want to share" in shown(mine.get("/today/"))
    assert "Waiting for your answer" in shown(mine.get("/sharing/"))
    assert "The person has not decided yet." in shown(theirs.get(PAGE))
    assert theirs.get(f"/care/p/{connection.pk}/").status_code == 404


def test_a_no_is_an_answer_until_the_person_hands_out_a_code_again(mine, theirs, person, counselor):
    ask(theirs, person, counselor)
    connection = Connection.objects.get()
    mine.post(f"/sharing/{connection.pk}/no/")
    assert "asks what you want to share" not in shown(mine.get("/today/"))
    ask(theirs, person, counselor)
    assert "Maria Lopez asks what you want to share" in shown(mine.get("/today/"))


def test_a_request_shows_the_day_it_was_made_and_not_the_day_they_met(theirs, person, counselor, connection):
    before = timezone.now() - timedelta(days=40)
    Connection.objects.filter(pk=connection.pk).update(created_at=before, asked_at=before, answered_at=before)
    ask(theirs, person, counselor)
    assert f"Asked on {day(timezone.now().date())}." in shown(theirs.get(PAGE))


def test_who_shares_already_is_not_asked_again_and_the_code_is_not_spent(mine, theirs, person, counselor, connection, consent):
    answer = ask(theirs, person, counselor)
    assert answer.status_code == 422 and "they share with you" in shown(answer)
    assert Invite.objects.get().used_at is None
    assert "asks what you want to share" not in shown(mine.get("/today/"))


def test_a_request_tells_nothing_of_what_was_signed_and_has_not_begun(mine, theirs, grant, person, counselor, connection):
    sign(grant, person, connection, {"check-ins": ""}, waited=False)
    assert ask(theirs, person, counselor).url == f"{PAGE}?asked#open"
    assert consents.pending(connection.pk, timezone.now()) is not None
    assert "asks what you want to share" not in shown(mine.get("/today/"))


def test_nobody_asks_on_today_whose_counselor_left(mine, theirs, person, counselor):
    ask(theirs, person, counselor)
    memberships.leave(counselor, timezone.now())
    assert "asks what you want to share" not in shown(mine.get("/today/"))
