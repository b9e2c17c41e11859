"""The queues and the jobs, each named by a dotted string, so that asking for work needs none of the worker's code."""

from datetime import datetime
from uuid import UUID

from rq import Queue

from tracker.cache import valkey
from tracker.shapes.words import JobKind

QUEUES = ("now", "default", "nightly")
"""In the order a worker serves them: what a person waits for comes first."""

QUEUE_OF = {
    JobKind.SCORE_ALL: "now",
    JobKind.REBUILD_SNAPSHOTS: "default",
    JobKind.NIGHTLY_SNAPSHOT: "nightly",
    JobKind.REMIND: "now",
    JobKind.REALIGN_INTERVIEWS: "nightly",
    JobKind.MAIL_REMINDER: "default",
    JobKind.READ_RESUME: "now",
    JobKind.WRITE_LETTER: "now",
    JobKind.SUGGEST_QUESTIONS: "now",
}

TRIES = {JobKind.MAIL_REMINDER: 40}
"""How often a job that a service failed is begun, where that isn't five times: mail is worth waiting for, most of a day."""

RESTS = {JobKind.WRITE_LETTER: 0.1, JobKind.SUGGEST_QUESTIONS: 0.1}
"""What part of the usual rest a failed job takes, where somebody looks on."""

CARRY_OUT = "worker.jobs.carry_out"
"""Do one person's job, named by its row."""

SWEEP = "worker.jobs.sweep"
"""Send word again of every job that nobody has taken in time."""

REMIND = "worker.jobs.remind"
"""Ask for the reminders of everyone one of whose interviews comes near."""

REALIGN = "worker.jobs.realign"
"""Ask for the repair of interviews whose zone follows new rules; also when a worker starts, as after an upgrade."""

PURGE = "worker.jobs.purge"
"""Forget for good what was deleted thirty days ago, sessions that have ended, and jobs done long ago."""

NIGHTFALL = "worker.jobs.nightfall"
"""Ask for the figures of the day that has ended, wherever midnight has passed; no zone is off by less than a quarter."""

BACK_UP = "worker.jobs.back_up"
"""Make the scheduled backup when it is due."""

SCHEDULE = {
    SWEEP: ("now", "* * * * *"),
    REMIND: ("now", "* * * * *"),
    REALIGN: ("nightly", "23 2 * * *"),
    PURGE: ("nightly", "17 3 * * *"),
    NIGHTFALL: ("nightly", "*/15 * * * *"),
    BACK_UP: ("nightly", "3-58/5 * * * *"),
}
"""What runs by itself: job, queue, and when, as a cron expression in the machine's own time."""

WAKE = "pursuit:wake"
"""The times at which a job that rests can be taken again, as a sorted set."""

LONGEST = 15 * 60
"""Seconds a job may take before it is ended."""

LONGER = {BACK_UP: 6 * 60 * 60}
"""Seconds for those that may take longer."""


def wake(at: datetime) -> None:
    """Have the jobs that can be taken sent for at a time, sooner than the next sweep would; lost, it does no harm."""
    valkey().zadd(WAKE, {at.isoformat(): at.timestamp()})


def carry(user_id: UUID, job_id: UUID, kind: JobKind) -> None:
    """Put word of a job on the queue of its kind; lost or said twice, it does no harm."""
    queue = Queue(QUEUE_OF[kind], connection=valkey())
    queue.enqueue(CARRY_OUT, str(user_id), str(job_id), job_timeout=LONGEST, result_ttl=0, failure_ttl=86400)
