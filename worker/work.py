"""One try at a job: claimed, kept alive while it lasts, and ended once, with its effect or with a reason."""

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
from tracker.queue import LONGEST
from tracker.services.jobs import attempts
from tracker.settings import settings
from tracker.shapes.people import Who
from tracker.shapes.words import Door

log = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
"""What the database says while it is away, or comes back: nothing is known of the job then, so its lease decides."""


@dataclass
class Work:
    """A job while it is worked on: what it is about, and the transactions in which it is done.

    Its effect goes into `finishing`, which keeps it together with the mark that the job is done, or neither. Work in
    several steps, such as one that waits for a service in between, does the earlier ones in `step`.
    """

    who: Who
    held: attempts.Attempt
    is_over: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def claimed(cls, who: Who, job_id: UUID) -> Self | None:
        """The job as this try's own, or nothing when it isn't there to be taken."""
        with scoped(who, Door.WORKER) as scope:
            held = attempts.claim(scope, job_id)
        return cls(who, held) if held else None

    @property
    def subject(self) -> UUID | None:
        """What the job is about, when it is about one thing."""
        return self.held.subject

    @property
    def arguments(self) -> dict[str, Any]:
        """What else was said when it was asked for."""
        return self.held.arguments

    @contextmanager
    def step(self) -> Iterator[Scope]:
        """One transaction of the person's on the way; begun again with the job, should this try not come to its end."""
        with scoped(self.who, Door.WORKER) as scope:
            yield scope

    @contextmanager
    def finishing(self) -> Iterator[Scope]:
        """The last transaction, which keeps the job's effect and marks it done; neither when the job was lost meanwhile."""
        with scoped(self.who, Door.WORKER) as scope:
            yield scope
            attempts.finish(scope, self.held)
        self.is_over = True

    def advance(self, per_cent: int) -> None:
        """Show how far the job is, in per cent."""
        with scoped(self.who, Door.WORKER) as scope:
            attempts.advance(scope, self.held, per_cent)

    def attempt(self, verb: Callable[[Self], None]) -> None:
        """Do the job, and end it with its effect or with a reason a person can read."""
        beating = threading.Thread(target=self._stay_alive, daemon=True)
        beating.start()
        try:
            self._attempt(verb)
        except attempts.LostLease:
            log.warning("Another worker has taken job %s over; nothing of this try is kept", self.held.job_id)
        finally:
            self._ended.set()
            beating.join()

    def _attempt(self, verb: Callable[[Self], None]) -> None:
        try:
            verb(self)
            if not self.is_over:
                with self.finishing():
                    pass
        except (attempts.LostLease, *AWAY):
            raise
        except Upstream as error:
            self._end(partial(attempts.postpone, min_seconds=error.after), error.message)
        except Sorry as error:
            self._end(attempts.fail, error.message)
        except JobTimeoutException:
            self._end(attempts.fail, f"It took more than {LONGEST // 60} minutes and was stopped.")
        except Exception:
            reference = uuid4().hex[:8]
            log.exception("Job %s broke (%s)", self.held.job_id, reference)
            self._end(attempts.fail, f"Something broke. Reference {reference}.")

    def interrupted(self) -> None:
        """Let a job fail that was begun as often as may be and never came to an end."""
        self._end(
            attempts.fail, f"It was interrupted {attempts.MAX_TRIES} times, and isn't begun again by itself."
        )

    def _end(self, how: Callable[[Scope, attempts.Attempt, str], None], reason: str) -> None:
        with scoped(self.who, Door.WORKER) as scope:
            how(scope, self.held, reason)

    def _stay_alive(self) -> None:
        """Renew the lease until the try has ended or has lost the job; a database that is away is asked again."""
        while not self._ended.wait(settings().job_lease / 3):
            try:
                with scoped(self.who, Door.WORKER) as scope:
                    attempts.renew(scope, self.held)
            except attempts.LostLease:
                return
            except AWAY:
                log.warning("The lease of job %s couldn't be renewed: the database is away", self.held.job_id)
