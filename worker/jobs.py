"""Job functions: each calls a service inside the job's transactions."""

import logging
from collections.abc import Callable
from contextlib import suppress
from tempfile import TemporaryFile
from uuid import UUID

from tracker.backup import schedule as backups
from tracker.errors import NotFound, Sorry
from tracker.services import audit, idempotency, mail, people
from tracker.services.applications import deletion
from tracker.services.capture import captures
from tracker.services.exports import archives, loading
from tracker.services.exports.reader_process import read_isolated
from tracker.services.figures import snapshots
from tracker.services.generation import model_runs
from tracker.services.imports import apply_import, data_imports
from tracker.services.interviews import realignment
from tracker.services.jobs import attempts, job_upkeep
from tracker.services.priority import posting_skills
from tracker.services.priority import stored_scores as scoring
from tracker.services.reminders import due_reminders
from tracker.services.resume import imports
from tracker.settings import settings
from tracker.shapes.enumerations import JobKind
from worker.work import UNAVAILABLE, Work

log = logging.getLogger(__name__)


def score_all(work: Work) -> None:
    """Rescore all applications of the user with the current wishes and profile."""
    _extract_requirements(work)
    with work.finishing() as scope:
        scoring.score_all(scope)


def end_of_day(work: Work) -> None:
    """Rescore all applications for the new day and save the figures of the day that ended."""
    _extract_requirements(work)
    with work.finishing() as scope:
        scoring.score_all(scope)
        snapshots.fill(scope)


def _extract_requirements(work: Work) -> None:
    """Extract requirements from postings that weren't read yet, in batches."""
    read = posting_skills.BATCH
    while read == posting_skills.BATCH:
        with work.step() as scope:
            read = posting_skills.read_batch(scope)


def fill_snapshots(work: Work) -> None:
    """Save the snapshots of past days that have none."""
    with work.finishing() as scope:
        snapshots.fill(scope)


def create_reminders(work: Work) -> None:
    """Create the reminders that are due; each email is a job of its own."""
    with work.finishing() as scope:
        due_reminders.create(scope)


def realign_interviews(work: Work) -> None:
    """Recompute upcoming interviews whose time zone rules changed; their local time stays."""
    with work.finishing() as scope:
        realignment.realign(scope)


def mail_reminder(work: Work) -> None:
    """Send a reminder's email and record it, unless the interview no longer needs one."""
    with work.step() as scope:
        email = due_reminders.email_for(scope, work.subject, work.arguments)
    if email:
        mail.send(email.to, email.subject, email.body, email.key)
        with work.finishing() as scope:
            due_reminders.mark_mailed(scope, email)


def add_sample(work: Work) -> None:
    """Fill the user's account with the sample data, unless they entered anything by now."""
    from tracker.demo import seed  # Needed once in the life of an account.

    with work.finishing() as scope:
        seed.add_sample(scope)


def read_resume(work: Work) -> None:
    """Parse a resume's file for review, or store why it can't be read; the file is deleted.

    Does nothing for an import that was discarded or replaced.
    """
    with suppress(NotFound):
        with work.step() as scope:
            content = imports.content_of(scope, work.subject)
        try:
            resume = imports.read_isolated(content)
        except Sorry as sorry:
            with work.step() as scope:
                imports.refuse(scope, work.subject, sorry.message)
            raise
        with work.finishing() as scope:
            imports.propose(scope, work.subject, resume)


def read_posting(work: Work) -> None:
    """Fetch and read a posting, or store why it can't be read. Does nothing for a deleted capture."""
    with suppress(NotFound):
        with work.step() as scope:
            source = captures.source(scope, work.subject)
        try:
            posting = captures.read(source)
        except Sorry as sorry:
            with work.finishing() as scope:
                captures.refuse(scope, work.subject, sorry.message)
            return
        with work.finishing() as scope:
            captures.store(scope, work.subject, posting)


def read_data_import(work: Work) -> None:
    """Read a file of applications and check its rows, unless it was discarded."""
    with suppress(NotFound):
        data_imports.read(work.step, work.finishing, work.subject)


def apply_data_import(work: Work) -> None:
    """Import a file's rows with progress, unless that was done."""
    with work.finishing() as scope:
        apply_import.apply(scope, work.subject, work.advance)


def generate_text(work: Work) -> None:
    """Generate a letter, a paragraph or questions with the model, unless the request was deleted."""
    with suppress(NotFound):
        model_runs.generate(work.step, work.finishing, work.subject)


def export_everything(work: Work) -> None:
    """Write an export of everything, unless it was replaced or has expired."""
    from tracker.services.exports import (
        archive_files,
    )  # Word and PDF take 15 MiB, which most jobs don't need.

    with suppress(NotFound), TemporaryFile() as file:
        with work.snapshot() as scope:
            archives.own_archive(scope, work.subject)
            archive_files.write_archive(scope, file, work.advance)
        with work.finishing() as scope:
            archives.store_export(scope, work.subject, file)


def load_export(work: Work) -> None:
    """Load an uploaded export into the user's empty account, or fail with the reason."""
    with suppress(NotFound):
        with work.step() as scope:
            content = b"".join(archives.parts(scope, work.subject))
        export = read_isolated(content)
        work.advance(30)
        with work.finishing() as scope:
            archives.finish_upload(scope, work.subject, loading.load(scope, export))


JOBS: dict[JobKind, Callable[[Work], None]] = {
    JobKind.SCORE_ALL: score_all,
    JobKind.NIGHTLY_SNAPSHOT: end_of_day,
    JobKind.REBUILD_SNAPSHOTS: fill_snapshots,
    JobKind.REMIND: create_reminders,
    JobKind.REALIGN_INTERVIEWS: realign_interviews,
    JobKind.MAIL_REMINDER: mail_reminder,
    JobKind.READ_RESUME: read_resume,
    JobKind.ADD_SAMPLE: add_sample,
    JobKind.READ_POSTING: read_posting,
    JobKind.READ_IMPORT: read_data_import,
    JobKind.APPLY_IMPORT: apply_data_import,
    JobKind.WRITE_LETTER: generate_text,
    JobKind.SUGGEST_QUESTIONS: generate_text,
    JobKind.EXPORT_EVERYTHING: export_everything,
    JobKind.LOAD_EXPORT: load_export,
}
"""The function of each kind of job."""


def carry_out(user_id: str, job_id: str) -> None:
    """Run the job of a message, unless it is done, another user's, or leased by another worker."""
    try:
        user = people.load_user(UUID(user_id))
        work = Work.claimed(user, UUID(job_id)) if user else None
        if work and work.claim.tries > attempts.max_tries(work.claim.kind):
            work.interrupted()
        elif work:
            work.attempt(JOBS.get(work.claim.kind, fail_unknown_kind))
    except UNAVAILABLE as error:
        log.warning("The database is unavailable; job %s waits for the next sweep: %s", job_id, error)


def fail_unknown_kind(work: Work) -> None:
    """Fail a job of a kind that only a newer version knows."""
    raise Sorry(f"This version of Pursuit can't do this: {work.claim.kind.label.lower()}.")


def sweep() -> None:
    """Enqueue jobs again that no worker has taken in time."""
    if count := job_upkeep.sweep():
        log.info("Enqueued %d jobs again", count)


def remind() -> None:
    """Enqueue the reminders of users with an upcoming interview."""
    if users := due_reminders.request_jobs():
        log.info("Enqueued reminders for %d users", users)


def realign() -> None:
    """Enqueue the realignment of interviews whose time zone rules changed."""
    if users := realignment.request_jobs():
        log.info("Enqueued interview realignment for %d users", users)


def request_end_of_day() -> None:
    """Enqueue end-of-day jobs for users whose day has ended."""
    if users := job_upkeep.request_day_jobs():
        log.info("Enqueued end-of-day jobs for %d users", users)


def purge() -> None:
    """Delete expired records for good: removed applications, ended sessions, done jobs and others."""
    applications, ended = deletion.purge()
    log.info("Deleted %d removed applications and %d ended sessions", applications, ended)
    log.info("Deleted %d finished jobs", job_upkeep.delete_done())
    log.info("Deleted %d old entries of the account history", audit.expire())
    log.info("Deleted %d idempotency keys", idempotency.expire())
    log.info("Deleted %d expired exports", archives.expire())


def back_up() -> None:
    """Create the scheduled backup if due; `tracker doctor` shows a failure, and the next run retries."""
    try:
        backup = backups.run(settings().data_dir)
    except Sorry as sorry:
        log.error("The scheduled backup failed: %s", sorry.message)  # noqa: TRY400  The message explains it.
    else:
        if backup:
            log.info("%s", backup.sentence)
