"""A worker as it is, that knows one more job: its effect can be counted, and it can be held in the middle."""

from sqlalchemy import text

from tracker.services.contacts import changing
from tracker.shapes.words import JobKind
from worker.jobs import JOBS
from worker.main import main
from worker.work import Work


def count_me(work: Work) -> None:
    """Adds a contact, and waits at the gate before that is kept."""
    with work.finishing() as scope:
        changing.add(scope, {"name": "Effect"})
        gate = {"gate": work.arguments["gate"]}
        scope.session.execute(text("SELECT pg_advisory_xact_lock_shared(:gate)"), gate)


if __name__ == "__main__":
    JOBS[JobKind.SCORE_ALL] = count_me
    main()
