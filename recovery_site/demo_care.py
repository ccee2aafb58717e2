"""A made-up clinic for the demo: a counselor, an admin, and three people who share different things. Always the same words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils import timezone

from accounts.days import local_day
from accounts.grants import Category
from accounts.models import Person
from care import access
from care.actions import consents, proposals, statements, words
from care.actions.consents import Wanted
from care.forms.proposals import names
from care.models import AgendaLine, Connection, Consent, Membership, Message, Organisation, Proposal, Review, Statement
from care.threads import thread
from journal.models import Entry
from recovery_site.demo import owner_grant

NAME, REPLY = "Harbor Clinic (demo)", "Usually within two working days."
Role, Kind, Action = Membership.Role, Proposal.Kind, access.Action
HISTORY = ""
WALK = "A walk after dinner, three times a week"
IN_MY_WORDS = "These weeks were steadier than they look. I called my sister on the hard evenings, and I want to keep doing that."


@dataclass(frozen=True)
class Share:
    """What somebody shares with Ash: which categories, since how many days, and what they are called there."""

    username: str
    shown_name: str
    categories: tuple[str, ...]
    days: int
    with_history: bool = True
    is_paused: bool = False
    agenda: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = field(default=())


DAILY = ("check-ins", "cravings", "lapses")
SHARES = (
    Share(
        "river", "River", ("check-ins", "cravings", "goals"), 14, with_history=False,
        agenda=("Mornings before the early shift.",),
        said=(("river", "The new shift starts Monday. Could we talk about mornings?"),
              ("ash", "Yes. Let us make that our first point. What helped on the last early day?")),
    ),
    Share(
        "heron", "H.", (*DAILY, "goals", "plan", "insights", "entries"), 60,
        agenda=("Ask about the sleep medicine.",),
        said=(("ash", "Thank you for showing me the entry."),),
    ),
    Share("maple", "Maple", (*DAILY, "goals", "insights"), 120, is_paused=True),
)  # fmt: skip


@transaction.atomic
def open_clinic(ash: Person, birch: Person, people: dict[str, Person]) -> dict[str, list[str]]:
    """The clinic with everybody in it; codes for the second step by user name, the first time only."""
    if Organisation.objects.filter(name=NAME).exists():
        return {}
    clinic = Organisation.objects.create(name=NAME, country="US", reply_time=REPLY, is_part2=True)
    now = timezone.now()
    for role in (Role.ADMIN, Role.SUPERVISOR):
        _works(clinic, birch, role, "Birch Lindqvist (demo)", now)
    counselor = _works(clinic, ash, Role.COUNSELOR, "Ash Moreno (demo)", now)
    for share in SHARES:
        _begin(share, people[share.username], counselor, now)
    return {somebody.username: _second_step(somebody) for somebody in (ash, birch)}


def _works(clinic: Organisation, person: Person, role: str, name: str, now: datetime) -> Membership:
    return Membership.objects.create(organisation=clinic, person=person, role=role, shown_name=name, verified_at=now)


def _second_step(person: Person) -> list[str]:
    TOTP.activate(person, generate_totp_secret())
    return RecoveryCodes.activate(person).get_unused_codes()


def _begin(share: Share, person: Person, counselor: Membership, now: datetime) -> None:
    grant, then = owner_grant(person), now - timedelta(days=share.days)
    connection = Connection.objects.create(person=person, membership=counselor, created_at=then)
    today = local_day(now, person.tz, person.day_start)
    first = HISTORY if share.with_history else local_day(then, person.tz, person.day_start).isoformat()
    wanted = Wanted(
        dict.fromkeys(share.categories, first), Consent.Purpose.COUNSELING, today + timedelta(days=60), share.shown_name
    )
    consents.sign(grant, person, connection.pk, wanted, "", then)
    for text in share.agenda:
        words.add_to_agenda(grant, person, AgendaLine(connection=connection), text, now - timedelta(days=1))
    entry = _show_an_entry(grant, person, connection, now) if Category.ENTRIES in share.categories else None
    for place, (who, text) in enumerate(share.said):
        _say(who, grant, person, connection, counselor, text, now - timedelta(hours=30 - 6 * place))
    if share.username == "heron":
        _work_together(grant, person, connection, counselor, entry, now)
    if share.is_paused:
        consents.pause(person, connection.pk, now)


def _show_an_entry(grant: Any, person: Person, connection: Connection, now: datetime) -> Entry:
    """The latest entry, starred and shown."""
    entry = Entry.objects.for_grant(grant).kept().newest_first()[0]
    words.star(grant, person, AgendaLine(connection=connection, entry_id=entry.pk), "", now - timedelta(days=1))
    consents.show_entry(grant, person, connection.pk, entry.pk, now)
    return entry


def _say(who: str, grant: Any, person: Any, connection: Connection, counselor: Membership, text: str, at: datetime) -> None:
    message = Message(connection=connection, from_counselor=who == "ash")
    if not message.from_counselor:
        words.send(grant, person, message, text, at)
        return
    with _writing(counselor, connection, "messages") as reading:
        words.was_shown(reading.grant, thread(reading.grant, connection.pk).messages, at)
        words.send(reading.grant, reading.whose, message, text, at)


def _work_together(grant: Any, person: Any, connection: Connection, counselor: Membership, entry: Any, now: datetime) -> None:
    """A session held, a comment, proposals (one answered, one open), and a call asked for."""
    Review.objects.create(connection=connection, at=now - timedelta(days=9))
    about = Message(connection=connection, kind=Message.Kind.COMMENT, from_counselor=True, about="entry", about_id=entry.pk)
    about.about_day = entry.local_day
    with _writing(counselor, connection, "comment") as reading:
        text = "I noticed you named what was going on before it grew. Could we look at that moment next time?"
        words.send(reading.grant, reading.whose, about, text, now - timedelta(hours=5))
    goal = Proposal(connection=connection, kind=Kind.GOAL, due_on=local_day(now + timedelta(days=14), person.tz))
    page = Proposal(connection=connection, kind=Kind.PAGE, key="P13")
    with _writing(counselor, connection, "propose") as reading:
        why = "You wrote that evenings are the hardest part of the day."
        words.propose(reading.grant, reading.whose, goal, WALK, why, now - timedelta(hours=4))
        why = "It says what a craving is made of. We can go through it together."
        words.propose(reading.grant, reading.whose, page, names(Kind.PAGE)[page.key], why, now - timedelta(days=9))
    proposals.accept(grant, person, grant.open_one(Proposal.objects.for_grant(grant).one(page.pk)), now - timedelta(days=8))
    call = Message(connection=connection, kind=Message.Kind.CALL, from_counselor=False)
    words.ask_for_call(grant, person, call, "Any day after four.", now - timedelta(hours=2))
    statements.say(grant, person, Statement(connection=connection), 0, IN_MY_WORDS, now - timedelta(hours=1))


def _writing(counselor: Membership, connection: Connection, page: str) -> Any:
    return access.read(counselor.person, connection.pk, page, (), action=Action.WROTE)  # type: ignore[arg-type]
