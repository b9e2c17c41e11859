"""Worker with one more job, whose effect can be counted and which can be paused midway."""

import os
import sys

from sqlalchemy import text

from tracker.services.contacts import contact_changes
from tracker.settings import settings
from tracker.shapes.enumerations import JobKind
from worker.jobs import JOBS
from worker.main import main
from worker.work import Work


def serve(environment: dict[str, str], log: str) -> None:
    """Run the worker in this process, in this environment, logging to `log`."""
    os.environ.update(environment)
    settings.cache_clear()
    output = os.open(log, os.O_WRONLY | os.O_CREAT)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    JOBS[JobKind.SCORE_ALL] = count_me
    main()


def count_me(work: Work) -> None:
    """Add a contact, and wait at the gate before the commit."""
    with work.finishing() as scope:
        contact_changes.add(scope, {"name": "Effect"})
        gate = {"gate": work.arguments["gate"]}
        scope.session.execute(text("SELECT pg_advisory_xact_lock_shared(:gate)"), gate)
