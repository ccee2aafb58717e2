"""The server is killed in the middle of writes, again and again: what it acknowledged is there, and nothing is there twice."""

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port, wait_until_up
from tests.browser.people import make_people, stored

pytestmark = [pytest.mark.browser, pytest.mark.smoke]

CYCLES, WRITERS, WHOLE = int(os.environ.get("KILLS", "200")), 4, 25
FAILURES = (OSError, http.client.HTTPException)


class Server:
    """gunicorn with the site loaded before it forks, so that a killed worker is back at once."""

    def __init__(self, site):
        self.port, self.env = free_port(), site.env | {"PYTHONUNBUFFERED": "1"}
        self.process = None

    def start(self):
        words = [
            "-m",
            "gunicorn",
            "recovery_site.wsgi",
            "--preload",
            "--workers",
            "1",
            "--worker-class",
            "gthread",
            "--threads",
            "4",
        ]
        words += ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=self.env, stdout=quiet, stderr=quiet)
        wait_until_up(f"http://127.0.0.1:{self.port}", self.process)

    def workers(self):
        """The worker processes that are there now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_workers(self):
        for pid in self.workers():
            with contextlib.suppress(ProcessLookupError):  # gone by itself since we looked
                os.kill(pid, signal.SIGKILL)

    def kill(self, *, whole):
        self.kill_workers()
        if whole:
            self.process.kill()
            self.process.wait()
            self.start()

    def stop(self):
        self.kill_workers()
        self.process.kill()
        self.process.wait()


class Writer(threading.Thread):
    """Somebody who logs one craving after the other, and sends it again until it is acknowledged."""

    def __init__(self, server, someone):
        super().__init__(daemon=True)
        self.server, self.someone, self.token = server, someone, "a" * 32
        self.acknowledged, self.again, self.is_over = [], 0, threading.Event()

    def send(self, row_id):
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        fields = {"id": row_id, "intensity": "5", "when": "now", "triggers": "argument", "csrfmiddlewaretoken": self.token}
        headers = {
            "Cookie": f"sessionid={self.someone.key}; csrftoken={self.token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            link.request("POST", "/log/craving/", urllib.parse.urlencode(fields), headers)
            answer = link.getresponse()
            return answer.status == 302 and "/saved/craving/" in answer.headers["Location"]
        finally:
            link.close()

    def run(self):
        while not self.is_over.is_set():
            row_id = str(uuid.uuid4())
            while not self.is_over.is_set():
                try:
                    if self.send(row_id):
                        self.acknowledged.append(row_id.replace("-", ""))
                        break
                except FAILURES:
                    time.sleep(0.01)
                self.again += 1


def test_no_acknowledged_row_is_missing_after_many_kills(site):
    server, dice = Server(site), random.Random(7)
    server.start()
    writers = [Writer(server, someone) for someone in make_people(site, WRITERS)]
    try:
        for writer in writers:
            writer.start()
        for number in range(1, CYCLES + 1):
            before = sum(len(writer.acknowledged) for writer in writers)
            while sum(len(writer.acknowledged) for writer in writers) == before:
                time.sleep(0.005)  # the server is back and has stored something since
            time.sleep(dice.uniform(0, 0.06))
            server.kill(whole=number % WHOLE == 0)
    finally:
        for writer in writers:
            writer.is_over.set()
        for writer in writers:
            writer.join(timeout=30)
        server.stop()
    acknowledged = [row for writer in writers for row in writer.acknowledged]
    rows = [row for row, owner in stored(site, "craving") if owner in {writer.someone.pk for writer in writers}]
    print(
        f"\n{CYCLES} kills, {len(acknowledged)} acknowledged, {sum(writer.again for writer in writers)} sent again, {len(rows)} rows"
    )
    assert len(set(acknowledged)) == len(acknowledged) >= CYCLES
    assert set(acknowledged) <= set(rows)
    assert len(rows) <= len(acknowledged) + WRITERS  # at most the last one of each was stored and not acknowledged
