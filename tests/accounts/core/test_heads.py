"""Published heads: what somebody with the database in hand can do, and what gives it away."""

import json
import random
import secrets
from base64 import b64encode
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts import heads
from accounts.ids import new_id
from accounts.models import AccessRecord
from accounts.records import broken_links, chain_hash, record
from tests.conftest import make_person

Action = AccessRecord.Action
ROUNDS = 1_000


@pytest.fixture
def file(settings, tmp_path):
    """The site's file of heads, and nothing in it yet."""
    settings.RECORD_HEADS = tmp_path / "heads.jsonl"
    return settings.RECORD_HEADS


@pytest.fixture
def chains(person, stranger, file):
    """Three people's records, published now and then while they grew, to their very ends."""
    people = [person, stranger, make_person("cedar")]
    dice = random.Random(6)
    for at in range(60):
        one = dice.choice(people)
        record(action=dice.choice([Action.READ, Action.EXPORTED, Action.REFUSED]), person_id=one.pk, by=one.pk)
        if at % 13 == 0:
            heads.publish()
    heads.publish()
    return people


def lines_of(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def write(file, lines):
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def test_new_heads_are_appended_once_and_the_file_is_whole(chains, file):
    assert heads.publish() == 0
    lines = lines_of(file)
    assert [line["previous"] for line in lines] == ["", *(line["mac"] for line in lines[:-1])]
    newest = {line["person"]: line["number"] for line in lines}
    assert newest == {str(one.pk): AccessRecord.objects.about(one.pk).count() for one in chains}
    assert heads.faults() == (len(lines), []) and broken_links() == []
    assert file.stat().st_mode & 0o077 == 0


def test_a_line_is_published_that_was_stored_late_and_nothing_twice_over_days(chains, file):
    before = len(lines_of(file))
    late = AccessRecord.objects.about(chains[0].pk).last()
    line = AccessRecord(id=late.pk, person_id=chains[0].pk, number=late.number + 1, actor_id=chains[0].pk, action=Action.READ,
                        at=late.at, previous_hash=late.row_hash)  # fmt: skip
    line.id, line.row_hash = new_id(), chain_hash(line)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        heads.publish()  # nothing is stored yet
        AccessRecord.objects.bulk_create([line])
        assert heads.publish() == 1
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert heads.publish() == 0
    assert len(lines_of(file)) == before + 1 and heads.faults()[1] == []


def test_publishing_goes_on_from_a_long_file_by_its_end_alone(chains, file, monkeypatch):
    monkeypatch.setattr(heads, "BLOCK", 97)  # many blocks to a line
    record(action=Action.READ, person_id=chains[1].pk, by=chains[0].pk)
    assert heads.publish() == 1 and heads.publish() == 0 and heads.faults()[1] == []


def test_a_line_cut_off_by_a_power_cut_is_told_and_mended(chains, file):
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"at": "2026-')
    assert [fault.at for fault in heads.faults()[1]] == [len(lines_of_bytes(whole)) + 1]
    record(action=Action.READ, person_id=chains[1].pk, by=chains[0].pk)
    assert heads.publish() == 1 and heads.faults()[1] == [] and file.read_bytes().startswith(whole)


def lines_of_bytes(data):
    return data.splitlines()


@pytest.mark.parametrize("harm", ["changed", "removed", "put in", "moved", "beginning cut", "nonsense", "another key"])
def test_the_file_itself_cannot_be_touched(harm, chains, file):
    lines = lines_of(file)
    if harm == "changed":
        lines[2]["number"] -= 1
    elif harm == "removed":
        del lines[2]
    elif harm == "put in":
        lines.insert(2, lines[2] | {"number": 99})
    elif harm == "moved":
        lines[1], lines[2] = lines[2], lines[1]
    elif harm == "beginning cut":
        del lines[:2]
    elif harm == "another key":
        lines[2] = lines[2] | {"mac": "0" * 64}
    write(file, lines)
    if harm == "nonsense":
        file.write_bytes(file.read_bytes().replace(b'"person"', b"\xff\xfe", 1))
    assert heads.faults()[1] != []


def test_every_known_key_bears_out_what_it_made_and_no_other(chains, file, settings):
    old = list(settings.SEALING_KEYS)
    settings.SEALING_KEYS = [b64encode(secrets.token_bytes(32)).decode(), *old]
    record(action=Action.READ, person_id=chains[0].pk, by=chains[0].pk)
    assert heads.publish() == 1 and heads.faults()[1] == []
    settings.SEALING_KEYS = old
    assert [fault.at for fault in heads.faults()[1]] == [len(lines_of(file))]


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, [value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value for value in values])


def drop_trigger():
    on = "" if connection.vendor == "sqlite" else " ON accounts_accessrecord"
    raw(f"DROP TRIGGER accounts_accessrecord_no_update{on}")


def chain_anew(person_id):
    """Compute a whole chain again, as somebody does who knows how it is made."""
    previous = ""
    for line in list(AccessRecord.objects.about(person_id)):
        line.previous_hash = previous
        previous = chain_hash(line)
        raw(
            "UPDATE accounts_accessrecord SET previous_hash = %s, row_hash = %s WHERE id = %s",
            line.previous_hash,
            previous,
            line.pk,
        )


def renumber(person_id):
    for number, line in enumerate(list(AccessRecord.objects.about(person_id)), start=1):
        raw("UPDATE accounts_accessrecord SET number = %s WHERE id = %s", number, line.pk)


def tamper(dice, people):
    """One random harm to one person's published lines; half of the time the chain is mended afterwards."""
    person_id = dice.choice(people).pk
    lines = list(AccessRecord.objects.about(person_id))
    harm, at = dice.choice(["change", "delete", "reorder", "truncate", "insert"]), dice.randrange(len(lines))
    if harm == "change":
        raw("UPDATE accounts_accessrecord SET page = 'elsewhere' WHERE id = %s", lines[at].pk)
    elif harm == "delete":
        raw("DELETE FROM accounts_accessrecord WHERE id = %s", lines[at].pk)
    elif harm == "truncate":
        for line in lines[at:]:
            raw("DELETE FROM accounts_accessrecord WHERE id = %s", line.pk)
    elif harm == "reorder":
        other = (at + dice.randrange(1, len(lines))) % len(lines)
        raw("UPDATE accounts_accessrecord SET number = 9999 WHERE id = %s", lines[at].pk)
        raw("UPDATE accounts_accessrecord SET number = %s WHERE id = %s", lines[at].number, lines[other].pk)
        raw("UPDATE accounts_accessrecord SET number = %s WHERE id = %s", lines[other].number, lines[at].pk)
    else:
        for line in reversed(lines[at:]):
            raw("UPDATE accounts_accessrecord SET number = %s WHERE id = %s", line.number + 1, line.pk)
        put_in = AccessRecord(
            person_id=person_id, number=lines[at].number, actor_id=person_id, action=Action.READ, at=lines[at].at
        )
        put_in.row_hash = chain_hash(put_in)
        AccessRecord.objects.bulk_create([put_in])
    mended = dice.random() < 0.5
    if mended:
        renumber(person_id)
        chain_anew(person_id)
    return harm, at, mended


def test_a_thousand_random_harms_are_all_found(chains):
    dice, unseen, kinds = random.Random(42), [], set()
    drop_trigger()
    for _ in range(ROUNDS):
        with transaction.atomic():
            done = tamper(dice, chains)
            kinds.add((done[0], done[2]))
            if not heads.faults()[1] and not broken_links():
                unseen.append(done)
            transaction.set_rollback(True)
    assert unseen == [] and len(kinds) == 10
    assert heads.faults()[1] == [] and broken_links() == []


def test_a_chain_made_anew_and_grown_on_is_still_found(chains):
    """The newest head fits again; an earlier one does not."""
    drop_trigger()
    first = AccessRecord.objects.about(chains[0].pk)[1]
    raw("UPDATE accounts_accessrecord SET page = 'elsewhere' WHERE id = %s", first.pk)
    chain_anew(chains[0].pk)
    record(action=Action.READ, person_id=chains[0].pk, by=chains[0].pk)
    assert heads.publish() == 1
    assert broken_links() == [] and heads.faults()[1] != []


def test_the_command_says_what_stands_and_what_does_not(chains, file, tmp_path):
    said = StringIO()
    call_command("verify_record", stdout=said)
    assert said.getvalue() == f"The access record is whole. {len(lines_of(file))} published heads stand.\n"
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(file.read_bytes())
    last = AccessRecord.objects.about(chains[0].pk).last()
    raw("DELETE FROM accounts_accessrecord WHERE id = %s", last.pk)
    write(file, [line for line in lines_of(file) if line["line"] != str(last.pk)][:1])
    call_command("verify_record", stdout=StringIO())  # both were cut, and the site's own file cannot tell
    with pytest.raises(CommandError, match="1 breaks"):
        call_command("verify_record", "--heads", str(copy), stderr=said)
    assert f"person {last.person_id}: line {last.number} is not what was published" in said.getvalue()
    with pytest.raises(CommandError, match="is not there"):
        call_command("verify_record", "--heads", str(tmp_path / "none"))


def test_the_loop_publishes_them(chains, file):
    record(action=Action.READ, person_id=chains[0].pk, by=chains[0].pk)
    before = len(lines_of(file))
    call_command("run_due")
    assert len(lines_of(file)) == before + 1
