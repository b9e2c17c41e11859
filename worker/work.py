"""One attempt at a job: its lease, its transactions and its end."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self
from uuid import UUID, uuid4

from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import InterfaceError, OperationalError

from tracker.db import Scope, scoped
from tracker.errors import Sorry, Upstream
from tracker.queue import JOB_TIMEOUT
from tracker.services.jobs import attempts
from tracker.settings import settings
from tracker.shapes.enumerations import Door
from tracker.shapes.people import Who

log = logging.getLogger(__name__)
UNAVAILABLE = (OperationalError, InterfaceError)
"""Errors of an unavailable database: whether the job committed is unknown, so it stays until its lease expires."""


@dataclass
class Work:
    """A job in progress, with the transactions in which it runs.

    `finishing` commits the job's effect together with its end. Earlier steps, such as before a call to a service,
    run in `step`.
    """

    user: Who
    claim: attempts.Attempt
    is_over: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def claimed(cls, user: Who, job_id: UUID) -> Self | None:
        """Claim a job; None when it is done or leased by another worker."""
        with scoped(user, Door.WORKER) as scope:
            claim = attempts.claim(scope, job_id)
        return cls(user, claim) if claim else None

    @property
    def subject(self) -> UUID | None:
        """Return the id of the job's subject, if it has one."""
        return self.claim.subject

    @property
    def arguments(self) -> dict[str, Any]:
        """Return the job's arguments."""
        return self.claim.arguments

    @contextmanager
    def step(self) -> Iterator[Scope]:
        """Open a transaction of the user's; a retry of the job runs its steps again."""
        with scoped(self.user, Door.WORKER) as scope:
            yield scope

    @contextmanager
    def snapshot(self) -> Iterator[Scope]:
        """Open a transaction of the user's that sees the rows of one moment, however long it takes."""
        with scoped(self.user, Door.WORKER, is_snapshot=True) as scope:
            yield scope

    @contextmanager
    def finishing(self) -> Iterator[Scope]:
        """Open the job's last transaction, which also marks it done; rolled back if the lease was lost."""
        with scoped(self.user, Door.WORKER) as scope:
            yield scope
            attempts.finish(scope, self.claim)
        self.is_over = True

    def advance(self, percent: int) -> None:
        """Record the job's progress in percent."""
        with scoped(self.user, Door.WORKER) as scope:
            attempts.advance(scope, self.claim, percent)

    def attempt(self, job_function: Callable[[Self], None]) -> None:
        """Run the job, and end it with its effect or with a reason for people."""
        heartbeat = threading.Thread(target=self._renew_lease, daemon=True)
        heartbeat.start()
        try:
            self._attempt(job_function)
        except attempts.LostLease:
            log.warning("Another worker has taken over job %s; this attempt is discarded", self.claim.job_id)
        finally:
            self._ended.set()
            heartbeat.join()

    def _attempt(self, job_function: Callable[[Self], None]) -> None:
        try:
            job_function(self)
            if not self.is_over:
                with self.finishing():
                    pass
        except (attempts.LostLease, *UNAVAILABLE):
            raise
        except Upstream as error:
            self._end(partial(attempts.postpone, min_seconds=error.after), error.message)
        except Sorry as error:
            self._end(attempts.fail, error.message)
        except JobTimeoutException:
            self._end(attempts.fail, f"It took more than {JOB_TIMEOUT // 60} minutes and was stopped.")
        except Exception:
            reference = uuid4().hex[:8]
            log.exception("Job %s failed (%s)", self.claim.job_id, reference)
            self._end(attempts.fail, f"Something went wrong. Reference {reference}.")

    def interrupted(self) -> None:
        """Fail a job that was interrupted as often as is allowed."""
        self._end(
            attempts.fail,
            f"It was interrupted {attempts.MAX_TRIES} times and won't be retried automatically.",
        )

    def _end(self, end: Callable[[Scope, attempts.Attempt, str], None], reason: str) -> None:
        with scoped(self.user, Door.WORKER) as scope:
            end(scope, self.claim, reason)

    def _renew_lease(self) -> None:
        """Renew the lease until the attempt ends or loses the job; retries while the database is unavailable."""
        while not self._ended.wait(settings().job_lease / 3):
            try:
                with scoped(self.user, Door.WORKER) as scope:
                    attempts.renew(scope, self.claim)
            except attempts.LostLease:
                return
            except UNAVAILABLE:
                log.warning(
                    "Couldn't renew the lease of job %s: the database is unavailable", self.claim.job_id
                )
