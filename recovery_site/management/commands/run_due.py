"""Do what is due: scheduled publishing, emptying the bin, expiry, reminders, heads of the access record, background tasks."""

import signal
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.actions import owned_models
from accounts.heads import publish
from care.actions.reports import remove_expired
from notify.actions import hand_out_due

EVERY_SECONDS = 60
# How often the loop looks for tasks: somebody waits for them.
TASKS_SECONDS = 1.0
BACKEND = "jobs"


def empty_bins() -> int:
    """Delete for good what has lain in a bin for more than 30 days; returns how many rows went."""
    before = timezone.now() - timedelta(days=settings.BIN_DAYS)
    return sum(model.objects.empty_bin(before) for model in owned_models())


def written_last(person_id: uuid.UUID) -> datetime | None:
    """When a person last wrote anything here."""
    found = [model.objects.latest_of(person_id) for model in owned_models()]
    return max((moment for moment in found if moment), default=None)


def remind() -> int:
    """Queue the reminders that are due; returns how many."""
    return hand_out_due(timezone.now(), written_last)


class Stop:
    """Whether the loop was told to end. A flag and no lock: a signal may come at any moment."""

    def __init__(self) -> None:
        self.is_asked = False

    def listen(self) -> None:
        """Let SIGTERM and SIGINT end the loop, after the task that is running."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask)

    def ask(self, *_args: object) -> None:
        """End soon."""
        self.is_asked = True


def work_off_tasks(stop: Stop | None = None) -> int:
    """Run the background tasks that wait, one after the other until told to stop; returns how many. The queue's own command
    would put signal handlers of its own in place of ours, and swallow the signal that comes while a task runs.
    """
    times = 0
    while not (stop and stop.is_asked) and DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
        ).run()
        times += 1
    return times


class Command(BaseCommand):
    """Once, or with --loop until it is told to stop: tasks at once, everything else every minute."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--loop", action="store_true", help="run until stopped")

    def handle(self, *args, loop: bool, **options) -> None:
        stop = Stop()
        if loop:
            stop.listen()
        self.once(stop)
        done_at = time.monotonic()
        while loop and not stop.is_asked:
            time.sleep(TASKS_SECONDS)
            close_old_connections()
            if time.monotonic() - done_at >= EVERY_SECONDS:
                done_at = time.monotonic()
                self.once(stop)
            else:
                self.attempt("tasks", lambda: work_off_tasks(stop))

    def once(self, stop: Stop) -> None:
        """Every duty."""
        self.attempt("publishing", lambda: call_command("publish_scheduled"))
        self.attempt("bin", empty_bins)
        self.attempt("reports", lambda: remove_expired(timezone.now()))
        self.attempt("sessions", lambda: call_command("clearsessions"))
        self.attempt("reminders", remind)
        self.attempt("tasks", lambda: work_off_tasks(stop))
        self.attempt("task results", lambda: call_command("prune_db_task_results", "--backend", BACKEND, verbosity=0))
        self.attempt("heads", publish)

    def attempt(self, name: str, duty: Callable[[], object]) -> None:
        """A duty on its own: one that fails is reported and does not hold up the others."""
        try:
            duty()
        except Exception as error:
            self.stderr.write(f"run_due: {name} failed ({type(error).__name__}); trying again soon")
