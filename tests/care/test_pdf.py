"""The report as PDF: asked for, made elsewhere, fetched, gone; and nobody gets it who may not look now."""

import os
import re
import signal
import zlib
from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection as database
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import AccessRecord
from care import printing
from care.actions import consents, memberships, reports
from care.models import Connection, Report, Statement
from journal.models import CheckIn, Craving
from recovery_site.management.commands import run_due
from tests.care.conftest import care_client, make_counselor, sign
from tests.care.sharing import shown
from tests.care.test_report import put
from tests.guards.test_canary import tables

CANARY = "zebrafinch"

pytestmark = pytest.mark.pdf


@pytest.fixture
def maker():
    """The module that only the worker imports; it needs Pango."""
    return import_module(printing.MAKER)


@pytest.fixture
def diary(person, grant):
    for n in range(12):
        put(person, grant, CheckIn(mood=3, craving=n % 9, sleep=2), n)
        put(person, grant, Craving(intensity=7, strategies=["slow-breathing"]), n)


def ask(client, connection, **more):
    """Press "Make a PDF"; gives the address it leads to."""
    answer = client.post(f"/care/p/{connection.pk}/report/pdf/", {"p": "90", "comment": CANARY} | more)
    assert answer.status_code == 302
    return answer.url


def work_off():
    """What the worker does with every task that waits."""
    done = []
    for result in DBTaskResult.objects.ready():
        done.append(result.task.call(*result.args_kwargs["args"]))
        result.delete()
    return done


def inside(pdf):
    """What the compressed parts of a PDF hold."""
    parts = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompress(part) for part in parts if part.startswith(b"x"))


def lines(person, action):
    return list(AccessRecord.objects.about(person.pk).filter(action=action))


def test_it_is_made_outside_the_request_and_fetched(diary, theirs, person, counselor, connection, consent):
    address = ask(theirs, connection)
    waiting = theirs.get(address).content.decode()
    assert "The PDF is being made." in waiting and "Look again" in waiting and theirs.get(f"{address}file/").url == address
    assert lines(person, "printed") == [] and work_off() == [True]
    assert "The PDF is ready." in theirs.get(address).content.decode()
    answer = theirs.get(f"{address}file/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"' and "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-") and person.username.encode() not in answer.content
    [printed], [*_, fetched] = lines(person, "printed"), lines(person, "read")
    assert printed.actor_id == counselor.person_id and printed.categories == "check-ins contact cravings goals insights"
    assert (printed.page, fetched.page, fetched.last_day - fetched.first_day) == ("report", "report", timedelta(days=89))


def test_the_page_and_the_pdf_hold_the_same(diary, theirs, connection, consent):
    page = theirs.post(f"/care/p/{connection.pk}/report/", {"p": "90", "comment": CANARY}).content.decode()
    version = re.search(r'class="keep">(\w+)<', page).group(1)
    address = ask(theirs, connection)
    work_off()
    assert version.encode() in inside(theirs.get(f"{address}file/").content)


def test_own_words_stand_in_the_next_pdf_and_one_that_is_made_keeps_what_it_had(diary, theirs, mine, grant, connection, consent):
    def made(text):
        mine.post(f"/sharing/{connection.pk}/statement/", {"text": text, **tab()})
        page = theirs.post(f"/care/p/{connection.pk}/report/", {"p": "90", "comment": CANARY}).content.decode()
        address = ask(theirs, connection)
        work_off()
        return f"{address}file/", re.search(r'class="keep">(\w+)<', page).group(1).encode()

    def tab():
        row = Statement.objects.for_grant(grant).first()
        return {"id": row.pk, "version": row.version} if row else {}

    (first, said_first), (second, said_second) = made("Steady weeks."), made("unbroken" * 200)
    assert said_first != said_second
    assert said_first in inside(theirs.get(first).content) and said_second not in inside(theirs.get(first).content)
    assert said_second in inside(theirs.get(second).content)
    assert [(table, word) for table, cell in tables() for word in (b"steady weeks", b"unbroken") if word in cell.lower()] == []


def test_nothing_is_stored_in_clear(diary, theirs, connection, consent):
    address = ask(theirs, connection)
    waiting = list(tables())
    work_off()
    assert theirs.get(f"{address}file/").status_code == 200
    clear = (CANARY.encode(), b"%pdf", b"jvberi", b"river checked in")
    assert [(table, word) for table, cell in [*waiting, *tables()] for word in clear if word in cell.lower()] == []
    with database.cursor() as cursor:
        cursor.execute("SELECT comment, content FROM care_report")
        assert all(len(bytes(cell)) > len(CANARY) for row in cursor.fetchall() for cell in row)


def test_a_task_that_fails_keeps_no_words(diary, theirs, connection, consent, monkeypatch, caplog):
    def broken(html, country):
        raise ValueError(html)

    monkeypatch.setattr("care.pdf.pdf_of", broken)
    address = ask(theirs, connection)
    assert work_off() == [False] and CANARY not in caplog.text
    assert "The PDF could not be made." in theirs.get(address).content.decode()


def test_without_pango_the_browser_prints(diary, theirs, connection, consent, monkeypatch):
    monkeypatch.setattr("care.actions.reports.MAKER", "care.not_there")
    address = ask(theirs, connection)
    assert work_off() == [False] and Report.objects.get().failed
    assert "Print" in theirs.get(address).content.decode() and theirs.get(f"{address}file/").url == address
    monkeypatch.setattr("care.views.report.is_offered", lambda: False)
    page = theirs.get(f"/care/p/{connection.pk}/report/").content.decode()
    assert "Make a PDF" not in page and "No PDF can be made here." in page


def test_this_machine_has_what_it_takes():
    assert printing.is_offered(), "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def test_revoked_between_asking_and_making_nothing_is_made(diary, theirs, person, connection, consent):
    address = ask(theirs, connection)
    consents.stop(person, connection.pk, timezone.now())
    assert work_off() == [False] and lines(person, "printed") == []
    report = Report.objects.get()
    assert report.failed and not report.content and len(lines(person, "refused")) == 1
    assert theirs.get(address).status_code == theirs.get(f"{address}file/").status_code == 404


def test_revoked_while_it_is_drawn_nothing_is_kept(diary, theirs, person, connection, consent, monkeypatch):
    def slowly(html, country):
        consents.stop(person, connection.pk, timezone.now())
        return b"%PDF"

    monkeypatch.setattr("care.pdf.pdf_of", slowly)
    ask(theirs, connection)
    assert work_off() == [False] and not Report.objects.get().content


def test_what_was_written_before_a_pause_is_not_handed_out_in_it(diary, theirs, person, connection, consent, monkeypatch):
    drawn = []

    def slowly(html, country):
        if not drawn:
            consents.pause(person, connection.pk, timezone.now())
        drawn.append(html)
        return b"%PDF"

    monkeypatch.setattr("care.pdf.pdf_of", slowly)
    address = ask(theirs, connection)
    assert work_off() == [True] and theirs.get(f"{address}file/").url == address
    assert "The PDF is being made." in shown(theirs.get(address))
    assert work_off() == [True] and theirs.get(f"{address}file/").status_code == 200
    assert drawn[0] != drawn[1] and lines(person, "refused") == []


def test_revoked_between_making_and_fetching_it_is_not_there(diary, theirs, person, connection, consent):
    address = ask(theirs, connection)
    work_off()
    consents.stop(person, connection.pk, timezone.now())
    assert theirs.get(f"{address}file/").status_code == theirs.get(address).status_code == 404


@pytest.mark.parametrize("what", ["paused", "narrowed"])
def test_what_is_closed_meanwhile_stands_in_no_file_and_the_report_is_made_again(
    diary, theirs, person, grant, connection, consent, what
):
    address = ask(theirs, connection)
    work_off()
    full = theirs.get(f"{address}file/").content
    if what == "paused":
        consents.pause(person, connection.pk, timezone.now())
    else:
        sign(grant, person, connection, {"check-ins": ""}, waited=False)
    assert theirs.get(f"{address}file/").url == address and lines(person, "refused") == []
    page = shown(theirs.get(address))
    assert "The PDF is being made." in page and "pause" not in page.lower() and "out of date" not in page
    theirs.get(address)  # looking again asks for nothing more
    assert work_off() == [True]
    assert "The PDF is ready." in shown(theirs.get(address))
    again = theirs.get(f"{address}file/")
    assert again.status_code == 200 and len(again.content) != len(full)
    assert Report.objects.count() == 1


def test_a_counselor_who_left_gets_nothing(diary, theirs, counselor, connection, consent):
    address = ask(theirs, connection)
    memberships.leave(counselor, timezone.now())
    assert work_off() == [False] and theirs.get(address).status_code == 404


def test_another_counselors_report_is_not_there(diary, theirs, person, grant, organisation, connection, consent):
    address = ask(theirs, connection)
    work_off()
    other = make_counselor("noor", organisation, shown_name="Noor Aziz")
    over = Connection.objects.create(person=person, membership=other)
    sign(grant, person, over)
    client = care_client(other.person)
    own_address = address.replace(str(connection.pk), str(over.pk))
    for path in (address, f"{address}file/", own_address, f"{own_address}file/"):
        assert client.get(path).status_code == 404, path
    assert theirs.get(f"{address}file/").status_code == 200


def test_after_an_hour_it_is_gone(diary, theirs, connection, consent):
    address = ask(theirs, connection)
    work_off()
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert reports.remove_expired(timezone.now()) == 0
    later = timezone.now() + timedelta(minutes=61)
    Report.objects.update(expires_at=timezone.now())
    assert theirs.get(address).status_code == theirs.get(f"{address}file/").status_code == 404
    assert Report.objects.count() == 1 and reports.remove_expired(later) == 1 and not Report.objects.exists()


def test_asked_for_twice_it_is_one_and_with_other_words_another(diary, theirs, connection, consent):
    one = "0190aaaa-0000-7000-8000-000000000001"
    first, again = ask(theirs, connection, id=one), ask(theirs, connection, id=one)
    other = ask(theirs, connection, id=one, comment="something else")
    assert first == again != other and Report.objects.count() == 2 and len(work_off()) == 2


@pytest.mark.parametrize(
    "more, says",
    [
        ({"p": "own", "from": "2026-03-02", "to": "2026-03-01"}, "The first day comes after the last one."),
        ({"comment": "word " * 500}, "The most we can keep is 2,000."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(more, says, theirs, connection, consent):
    answer = theirs.post(f"/care/p/{connection.pk}/report/pdf/", {"p": "90", "comment": CANARY} | more)
    text = answer.content.decode()
    assert answer.status_code == 422 and says in text and more.get("comment", CANARY)[:9] in text
    assert not Report.objects.exists() and not DBTaskResult.objects.exists()


def test_one_that_takes_too_long_says_so(theirs, connection, consent):
    address = ask(theirs, connection)
    assert "hx-trigger" in theirs.get(address).content.decode()
    Report.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    text = theirs.get(address).content.decode()
    assert "This takes longer than usual." in text and "hx-trigger" not in text


def test_waiting_is_no_look(theirs, person, connection, consent):
    address = ask(theirs, connection)
    theirs.get(address)
    assert lines(person, "read") == []


def test_a_page_can_fetch_nothing(maker, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    for address in (secret.as_uri(), "http://127.0.0.1:9/x", "ftp://127.0.0.1/x", "https://example.org/"):
        with pytest.raises(ValueError, match="disallowed"):
            maker.closed().fetch(address)
    assert maker.pdf_of(f'<html lang="en"><title>x</title><p>x<img src="{secret.as_uri()}" alt="x">', "US").startswith(b"%PDF")


def test_paper_is_that_of_the_country(maker):
    page = '<html lang="en"><title>x</title><p>x'
    assert b"/MediaBox [0 0 612 792]" in inside(maker.pdf_of(page, "US"))
    assert b"/MediaBox [0 0 595" in inside(maker.pdf_of(page, "DE"))


@pytest.mark.django_db(transaction=True)
def test_the_loop_makes_it_soon_and_ends_when_told(diary, theirs, connection, consent, monkeypatch, settings, tmp_path):
    settings.RECORD_HEADS = tmp_path / "heads.jsonl"
    monkeypatch.setattr(run_due, "TASKS_SECONDS", 0.05)
    handlers = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGINT)]
    address = ask(theirs, connection)
    make = reports.make

    def make_and_end(report_id):
        os.kill(os.getpid(), signal.SIGTERM)  # while the task runs: it is finished, and nothing else is begun
        return make(report_id)

    monkeypatch.setattr(reports, "make", make_and_end)
    try:
        call_command("run_due", "--loop", stderr=StringIO())
    finally:
        for number, handler in handlers:
            signal.signal(number, handler)
    assert theirs.get(f"{address}file/").status_code == 200
