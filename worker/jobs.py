"""The jobs, a few lines each: they call a service and let it speak for itself in the log."""

import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from tracker.backup import schedule as backups
from tracker.errors import NotFound, Sorry
from tracker.services import audit, idempotency, mail, people, snapshots
from tracker.services.applications import deletion
from tracker.services.interviews import realignment
from tracker.services.jobs import attempts, job_upkeep
from tracker.services.priority import posting_skills
from tracker.services.priority import stored_scores as scoring
from tracker.services.reminders import due_reminders
from tracker.services.resume import imports
from tracker.services.writing import generation
from tracker.settings import settings
from tracker.shapes.words import JobKind
from worker.work import AWAY, Work

log = logging.getLogger(__name__)


def score_all(work: Work) -> None:
    """Score every application of the person by their wishes and their profile as they are now."""
    _read_postings(work)
    with work.finishing() as scope:
        scoring.score_all(scope)


def end_of_day(work: Work) -> None:
    """Score every application by the new day, on which deadlines are nearer and sources have answered, and keep the figures."""
    _read_postings(work)
    with work.finishing() as scope:
        scoring.score_all(scope)
        snapshots.fill(scope)


def _read_postings(work: Work) -> None:
    """Read what the postings ask for, some hundreds a step, where that wasn't done yet."""
    read = posting_skills.BATCH
    while read == posting_skills.BATCH:
        with work.step() as scope:
            read = posting_skills.read_batch(scope)


def fill_snapshots(work: Work) -> None:
    """Write the rows of every day that is over and has none: last night's, a missed one's, or those of a changed past."""
    with work.finishing() as scope:
        snapshots.fill(scope)


def remind_one(work: Work) -> None:
    """Make the reminders that are due; each that is to be mailed asks for a job of its own."""
    with work.finishing() as scope:
        due_reminders.create(scope)


def realign_interviews(work: Work) -> None:
    """Keep interviews ahead at their local time where the rules of its clocks have changed."""
    with work.finishing() as scope:
        realignment.realign(scope)


def mail_reminder(work: Work) -> None:
    """Mail one reminder and note it, unless there is nothing to remind of any more."""
    with work.step() as scope:
        letter = due_reminders.email_for(scope, work.subject, work.arguments)
    if letter:
        mail.send(letter.to, letter.subject, letter.body, letter.key)
        with work.finishing() as scope:
            due_reminders.mark_mailed(scope, letter)


def read_resume(work: Work) -> None:
    """Read a resume's file apart, and keep what it says for review, or why it can't be read; its bytes are dropped.

    One that was discarded meanwhile, or whose place another has taken, needs nothing any more.
    """
    with suppress(NotFound):
        with work.step() as scope:
            content = imports.content_of(scope, work.subject)
        try:
            found = imports.read_isolated(content)
        except Sorry as sorry:
            with work.step() as scope:
                imports.refuse(scope, work.subject, sorry.message)
            raise
        with work.finishing() as scope:
            imports.propose(scope, work.subject, found)


def write(work: Work) -> None:
    """Have the model write a letter, a paragraph or questions; what was deleted meanwhile needs nothing any more."""
    with suppress(NotFound):
        generation.generate(work.step, work.finishing, work.subject)


JOBS: dict[JobKind, Callable[[Work], None]] = {
    JobKind.SCORE_ALL: score_all,
    JobKind.NIGHTLY_SNAPSHOT: end_of_day,
    JobKind.REBUILD_SNAPSHOTS: fill_snapshots,
    JobKind.REMIND: remind_one,
    JobKind.REALIGN_INTERVIEWS: realign_interviews,
    JobKind.MAIL_REMINDER: mail_reminder,
    JobKind.READ_RESUME: read_resume,
    JobKind.WRITE_LETTER: write,
    JobKind.SUGGEST_QUESTIONS: write,
}
"""How each kind of job is done: a function here that calls a verb of the domain inside `work.finishing()`."""


def carry_out(user_id: str, job_id: str) -> None:
    """Do the job that a message names, unless it is done, or someone else's, or in other hands."""
    try:
        who = people.load_user(UUID(user_id))
        work = Work.claimed(who, UUID(job_id)) if who else None
        if work and work.held.tries > attempts.max_tries(work.held.kind):
            work.interrupted()
        elif work:
            work.attempt(JOBS.get(work.held.kind, unknown))
    except AWAY as error:
        log.warning("The database is away, so job %s waits for the next sweep: %s", job_id, error)


def unknown(work: Work) -> None:
    """Refuse what this version can't do, which a newer one may have asked for."""
    raise Sorry(f"This version of Pursuit can't do this: {work.held.kind.label.lower()}.")


def sweep() -> None:
    """Send word again of every job that nobody has taken in time."""
    if sent := job_upkeep.sweep():
        log.info("Sent word again of %d jobs", sent)


def remind() -> None:
    """Ask for the reminders of everyone one of whose interviews comes near."""
    if posting_skills := due_reminders.request_jobs():
        log.info("An interview comes near for %d people", posting_skills)


def realign() -> None:
    """Ask for the repair of interviews ahead that aren't when the clocks of their zones say."""
    if posting_skills := realignment.request_jobs():
        log.info("The clocks follow new rules for interviews of %d people", posting_skills)


def nightfall() -> None:
    """Ask for the figures of the day that has ended, wherever midnight has passed."""
    if posting_skills := job_upkeep.request_day_jobs():
        log.info("A day has ended for %d people", posting_skills)


def purge() -> None:
    """Forget for good what was deleted thirty days ago, sessions that have ended, and jobs done long ago."""
    forgotten, ended = deletion.purge()
    log.info("Forgot %d deleted applications and %d ended sessions", forgotten, ended)
    log.info("Forgot %d jobs done long ago", job_upkeep.delete_done())
    log.info("Deleted %d old entries of the account history", audit.expire())
    log.info("Forgot %d idempotency keys", idempotency.expire())


def back_up() -> None:
    """Make the scheduled backup when it is due; a failure is shown by `tracker doctor` and tried again."""
    try:
        made = backups.run(settings().data_dir)
    except Sorry as sorry:
        log.error("The scheduled backup failed: %s", sorry.message)
    else:
        if made:
            log.info("%s", made.sentence)
