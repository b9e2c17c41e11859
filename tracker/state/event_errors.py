"""Messages and log lines for failed events."""

import asyncio
import logging
from uuid import uuid4

import reflex as rx
from reflex.event import EventSpec
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event.context import EventContext

from tracker.errors import NotSignedIn, Sorry
from tracker.framework import transaction_outcomes
from tracker.framework.guard import SIGN_IN
from tracker.framework.transaction_outcomes import Outcome
from tracker.log_text import one_line
from tracker.services import outages
from tracker.shapes.notice import Notice
from tracker.state.base import Notices
from tracker.state.signals import signal

log = logging.getLogger(__name__)


def explain(exception: Exception) -> EventSpec | None:
    """Convert a handler's exception to a message for the user; log the unexpected with a reference.

    What isn't expected is told without an event, which needs the database and Redis and could fail in the same way.
    """
    if isinstance(exception, NotSignedIn):
        return rx.redirect(SIGN_IN)
    if isinstance(exception, Sorry):
        notice: EventSpec = Notices.say(exception.message, True)
        return notice
    context = EventContext.get()
    outcome = transaction_outcomes.outcome_of(context)
    if outage := outages.outage_of(exception):
        log.error("An event couldn't run: %s (%s)", outage, type(exception).__name__)
        message = f"{outage} {_WHAT_BECAME[outcome]}"
    else:
        reference = uuid4().hex[:8]
        log.error("Something broke (%s)", reference, exc_info=exception)
        message = f"{_WHAT_BROKE[outcome]} Reference {reference}."
    _show_soon(context, Notice(signal(), message, is_trouble=True, offers_reload=True))
    return None


def report_browser_error(exception: Exception) -> None:
    """Log an error that a browser reports, as one bounded line: anybody can send such a report."""
    log.warning("A browser reported an error: %s", one_line(str(exception)))


_WHAT_BROKE = {
    Outcome.UNCHANGED: "Something went wrong, and nothing was changed.",
    Outcome.SAVED: "Saved, but the page couldn't be refreshed.",
    Outcome.UNKNOWN: "We can't tell whether this was saved.",
}
_WHAT_BECAME = {
    Outcome.UNCHANGED: "Nothing was changed.",
    Outcome.SAVED: "Your change was saved, but the page couldn't be refreshed.",
    Outcome.UNKNOWN: "We can't tell whether your change was saved.",
}
_showing: set[asyncio.Task[None]] = set()


def _show_soon(context: EventContext, notice: Notice) -> None:
    task = asyncio.create_task(_show_directly(context, "notice", notice))
    _showing.add(task)
    task.add_done_callback(_showing.discard)


async def _show_directly(context: EventContext, name: str, value: Notice | str) -> None:
    """Send a tab a value without an event: its state is neither read nor written."""
    try:
        await context.emit_delta({Notices.get_full_name(): {f"{name}{FIELD_MARKER}": value}})
    except Exception as error:
        log.warning("A tab couldn't be told what went wrong: %r", error)


async def tell_outage(context: EventContext, cause: str) -> None:
    """Show a tab the outage that its event waits for; an empty cause ends it."""
    await _show_directly(
        context, "outage", f"{cause} Your changes will be saved when it recovers." if cause else ""
    )


async def tell_given_up(context: EventContext) -> None:
    """Report to a tab that an event waited too long and was dropped."""
    message = "The outage lasted too long: some changes weren't saved. Reload and make them again."
    await _show_directly(context, "notice", Notice(signal(), message, is_trouble=True, offers_reload=True))
