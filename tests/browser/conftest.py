"""The real site for a browser: gunicorn, its own database, the demo people. It stops with the session."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from recovery_site.management.commands.seed_demo import PASS_PHRASE

ROOT = Path(__file__).resolve().parents[2]
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def environment(var: Path, port: int) -> dict[str, str]:
    """The site's own variables: what a person who runs it would have, and no more."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = kept | {"VAR_DIR": str(var), "PORT": str(port), "WORKERS": "2", "EMAIL_URL": f"filemail:///{var}/mail"}
    if os.environ.get("SITE_DATABASE_URL"):
        env["DATABASE_URL"] = os.environ["SITE_DATABASE_URL"]
    return env


def wait_until_up(address: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the site did not start")
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the site did not answer")


class Site:
    """Where the site is, and what it wrote."""

    def __init__(self, address: str, var: Path, env: dict[str, str], log: Path):
        self.address, self.var, self.env, self.log = address, var, env, log

    def manage(self, *words: str, code: str | None = None) -> str:
        """Run a management command (or `shell -c code`) against the site's database."""
        words = ("shell", "--no-imports", "-c", code) if code else words
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env, capture_output=True, text=True, check=True
        )
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    var, port = tmp_path_factory.mktemp("site"), free_port()
    env, log = environment(var, port), var / "server.log"
    with log.open("wb") as out:
        words = [sys.executable, "-m", "recovery_site.serve", "--demo"]
        process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_up(address, process)
            yield Site(address, var, env, log)
        finally:
            process.terminate()
            process.wait(timeout=40)


@pytest.fixture(scope="session")
def player():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(player):
    found = player.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGS)
    yield found
    found.close()


class Watch:
    """What a page asked for and complained about."""

    def __init__(self, address: str):
        self.address, self.foreign, self.complaints = address, [], []

    def on(self, page) -> None:
        page.on(
            "request", lambda r: self.foreign.append(r.url) if not r.url.startswith((self.address, "data:", "blob:")) else None
        )
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))


@pytest.fixture
def open_page(site, browser):
    """Make a page; afterwards nothing foreign was asked for and the console is quiet."""
    contexts, watches = [], []

    def make(*, theme="light", width=360, height=760, **options):
        context = browser.new_context(
            base_url=site.address, color_scheme=theme, viewport={"width": width, "height": height}, **options
        )
        page, watch = context.new_page(), Watch(site.address)
        watch.on(page)
        contexts.append(context)
        watches.append(watch)
        return page

    yield make
    for context in contexts:
        context.close()
    assert [watch.foreign for watch in watches if watch.foreign] == []
    noise = ("status of 422", "status of 409", "status of 404", "status of 401", "status of 403", "status of 503")
    complaints = [text for watch in watches for text in watch.complaints if not any(word in text for word in noise)]
    assert complaints == []


@pytest.fixture(scope="session")
def signed_in(site, browser):
    """Storage of a signed-in demo person, made once a person (sign-in is rate limited)."""
    kept = {}

    def make(name: str):
        if name not in kept:
            context = browser.new_context(base_url=site.address)
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASS_PHRASE)
            page.click("main button.main")
            page.wait_for_url("**/today/")
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return make
