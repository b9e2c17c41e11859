"""Running a user's jobs in the test's own process."""

from sqlalchemy import text

from tracker.db import scoped
from tracker.shapes.people import Who
from worker.jobs import carry_out


def run_jobs(user: Who) -> None:
    """Run the user's waiting jobs, as the worker does."""
    with scoped(user) as scope:
        waiting = [row["id"] for row in scope.rows(text("SELECT id FROM job WHERE state = 'waiting'"))]
    for job_id in waiting:
        carry_out(str(user.user_id), str(job_id))
