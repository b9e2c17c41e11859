"""Queues and jobs by dotted name, so that enqueuing needs none of the worker's code."""

from datetime import datetime
from uuid import UUID

from rq import Queue

from tracker.cache import valkey
from tracker.shapes.enumerations import JobKind

QUEUES = ("now", "default", "nightly")
"""Queues, in the order in which workers serve them."""

QUEUE_OF = {
    JobKind.SCORE_ALL: "now",
    JobKind.REBUILD_SNAPSHOTS: "default",
    JobKind.NIGHTLY_SNAPSHOT: "nightly",
    JobKind.REMIND: "now",
    JobKind.REALIGN_INTERVIEWS: "nightly",
    JobKind.MAIL_REMINDER: "default",
    JobKind.READ_RESUME: "now",
    JobKind.ADD_SAMPLE: "now",
    JobKind.READ_POSTING: "now",
    JobKind.READ_IMPORT: "now",
    JobKind.APPLY_IMPORT: "now",
    JobKind.WRITE_LETTER: "now",
    JobKind.SUGGEST_QUESTIONS: "now",
    JobKind.EXPORT_EVERYTHING: "default",
    JobKind.LOAD_EXPORT: "default",
}

MAX_TRIES = {JobKind.MAIL_REMINDER: 40}
"""Attempts at jobs of these kinds instead of five; mail is retried for most of a day."""

BACKOFF_FACTORS = {JobKind.WRITE_LETTER: 0.1, JobKind.SUGGEST_QUESTIONS: 0.1, JobKind.READ_POSTING: 0.1}
"""Factor of the backoff for jobs whose progress the user watches."""

CARRY_OUT = "worker.jobs.carry_out"
"""Run one user's job, named by its row."""

SWEEP = "worker.jobs.sweep"
"""Enqueue jobs again that no worker has taken in time."""

REMIND = "worker.jobs.remind"
"""Enqueue the reminders of users with an upcoming interview."""

REALIGN = "worker.jobs.realign"
"""Enqueue the realignment of interviews after rule changes; also at a worker's start."""

PURGE = "worker.jobs.purge"
"""Delete applications removed 30 days ago, ended sessions and finished jobs for good."""

REQUEST_END_OF_DAY = "worker.jobs.request_end_of_day"
"""Enqueue end-of-day jobs wherever midnight has passed; zone offsets are quarters of an hour."""

BACK_UP = "worker.jobs.back_up"
"""Create the scheduled backup if due."""

SCHEDULE = {
    SWEEP: ("now", "* * * * *"),
    REMIND: ("now", "* * * * *"),
    REALIGN: ("nightly", "23 2 * * *"),
    PURGE: ("nightly", "17 3 * * *"),
    REQUEST_END_OF_DAY: ("nightly", "*/15 * * * *"),
    BACK_UP: ("nightly", "3-58/5 * * * *"),
}
"""Recurring jobs: queue, and time as a cron expression in the machine's time zone."""

WAKE = "pursuit:wake"
"""Sorted set of the times at which jobs' backoffs end."""

JOB_TIMEOUT = 15 * 60
"""Seconds after which a job is stopped."""

LONG_JOB_TIMEOUTS = {BACK_UP: 6 * 60 * 60}
"""Exceptions from JOB_TIMEOUT."""


def wake(at: datetime) -> None:
    """Schedule a sweep for the time when a job's backoff ends; harmless if lost."""
    valkey().zadd(WAKE, {at.isoformat(): at.timestamp()})


def enqueue(user_id: UUID, job_id: UUID, kind: JobKind) -> None:
    """Enqueue a job by its kind; harmless if lost or repeated."""
    queue = Queue(QUEUE_OF[kind], connection=valkey())
    queue.enqueue(
        CARRY_OUT, str(user_id), str(job_id), job_timeout=JOB_TIMEOUT, result_ttl=0, failure_ttl=86400
    )
