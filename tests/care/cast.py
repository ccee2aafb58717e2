"""Two people who share, two counselors, and a row of every kind on three days: the stage of the proofs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.days import local_day
from accounts.grants import Grant
from accounts.models import Person, Welcome
from accounts.owned import stamp
from accounts.writing import insert_once
from care.models import AgendaLine, CaseNote, Connection, Membership, Message, Organisation, Proposal, Statement
from goals.models import Goal, LookBack, Step
from journal.models import CheckIn, Craving, Draft, Entry, Lapse, Marker, OwnWord, PlanLine, Since
from reading.models import Reading, Suggestion
from tests.care.conftest import make_counselor
from tests.care.oracle import Between, Row, World
from tests.conftest import Ask, make_person

DAYS_AGO = (40, 3, 0)
PAIRS = (("river", "maria"), ("river", "jo"), ("meadow", "maria"))
PLACES = {"maria": "harbor", "jo": "cove", "sam": "harbor", "ann": "harbor"}
NOBODY = ""


@dataclass(frozen=True)
class Cast:
    """People, memberships and connections by name, and the world as the oracle sees it."""

    people: dict[str, Person]
    works: dict[str, Membership]
    places: dict[str, Organisation]
    connections: dict[tuple[str, str], Connection]
    world: World


def grant_of(person: Person) -> Grant:
    """A person's own grant."""
    return Grant.own(Ask(Person.objects.select_related("data_key").get(pk=person.pk)))


def assemble() -> Cast:
    """Everybody, and nothing shared yet."""
    places = {name: Organisation.objects.create(name=name.title()) for name in ("harbor", "cove")}
    roles = {"maria": "counselor", "jo": "counselor", "sam": "supervisor", "ann": "admin"}
    works = {name: make_counselor(name, places[PLACES[name]], role, name.title()) for name, role in roles.items()}
    people = {"river": make_person("river"), "meadow": make_person("meadow", tz="Europe/Berlin")}
    connections = {(whose, who): Connection.objects.create(person=people[whose], membership=works[who]) for whose, who in PAIRS}
    world = World(
        rows={},
        between={pair: Between(*pair, PLACES[pair[1]]) for pair in PAIRS},
        works=dict.fromkeys(works, True),
        is_open=dict.fromkeys(places, True),
        lives=dict.fromkeys([*works, *people], True),
    )
    people |= {name: one.person for name, one in works.items()}
    cast = Cast(people, works, places, connections, world)
    for name in ("river", "meadow"):
        for days_ago in DAYS_AGO:
            write_everything(cast, name, days_ago)
    return cast


def write_everything(cast: Cast, name: str, days_ago: int) -> None:
    """One row of every kind, each with a word that stands nowhere else."""
    person, grant = cast.people[name], grant_of(cast.people[name])
    moment = timezone.now() - timedelta(days=days_ago)
    day = local_day(moment, person.tz, person.day_start)

    def put(category: str, row: Any, field: str = "", **more: Any) -> Any:
        return keep(cast, name, grant, moment, day, category, row, field, **more)

    put("check-ins", CheckIn(mood=3, craving=4, sleep=2), "note")
    put("cravings", Craving(intensity=6, triggers=["argument"], strategies=["ride-the-wave"]), "note")
    put("cravings", OwnWord(kind="trigger"), "name")
    put("lapses", Lapse(), "note")
    put("entries", Entry(), "body")
    put(NOBODY, Draft(), "fields")
    goal = put("goals", Goal(life_skill="communication"), "title")
    put("goals", Step(goal=goal), "wording", parent=goal.pk)
    put("goals", LookBack(goal=goal, choice="keep"), "note", parent=goal.pk)
    put("plan", PlanLine(part="reasons"), "text")
    put(NOBODY, Since(start_on=day), "name")
    put("insights", Marker(), "label")
    put(NOBODY, Reading(page=f"P{days_ago}"))
    put(NOBODY, Suggestion(noted="argument", page="P13", row_id=goal.pk))
    put(NOBODY, Welcome(), "reasons")
    put(NOBODY, CaseNote(), "text")
    for pair, connection in cast.connections.items():
        if pair[0] == name:
            put("contact", Message(connection=connection, from_counselor=False), "text", over=pair)
            put("contact", AgendaLine(connection=connection), "text", over=pair)
            put("contact", Proposal(connection=connection, kind="goal"), "title", over=pair)
            if days_ago == DAYS_AGO[-1]:  # one stands at a time
                put("contact", Statement(connection=connection), "text", over=pair)


def keep(cast: Cast, name: str, grant: Grant, moment: Any, day: date, category: str, row: Any, field: str, **more: Any) -> Any:
    """Store a row, and tell the oracle of it."""
    number = len(cast.world.rows)
    word = f"canary{number:03d}" if field else ""
    row.person_id = grant.person_id
    stamp(row, cast.people[name], moment)
    row.created_at = moment - timedelta(days=1)  # long enough ago for nothing to be kept back
    insert_once(grant, row, {field: word} if field else {})
    cast.world.rows[row.pk] = Row(row.pk, type(row).__name__, category, name, day, word, **more)
    return row
