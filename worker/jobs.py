"""The jobs, a few lines each: they call a service and let it speak for itself in the log."""

import logging

from tracker.services.applications import removing

log = logging.getLogger(__name__)


def purge() -> None:
    """Forget for good what was deleted thirty days ago, and sessions that have ended."""
    forgotten, ended = removing.purge()
    log.info("Forgot %d deleted applications and %d ended sessions", forgotten, ended)
