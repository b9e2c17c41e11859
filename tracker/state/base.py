"""Base of signed-in pages' states: call a service function and show its result."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import reflex as rx
from reflex_base.event.context import EventContext

from tracker.db import Scope, scoped
from tracker.errors import Invalid, NotSignedIn
from tracker.framework import transaction_outcomes
from tracker.framework.app_state import AppState
from tracker.framework.guard import signed_in
from tracker.framework.session_cache import session_cache
from tracker.framework.tabs import tabs
from tracker.framework.transaction_outcomes import Outcome
from tracker.live import ChangeNotification
from tracker.services.idempotency import run_once
from tracker.shapes.forms import FORM_KEY
from tracker.shapes.notice import Answer, Done, Notice
from tracker.state.signals import signal

P = ParamSpec("P")
R = TypeVar("R")
Page = TypeVar("Page")


def key_of(form: Mapping[str, str]) -> str:
    """Return the key a form was opened with; empty without one."""
    return form.get(FORM_KEY, "")


def fields_of(form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form without its key; the edge has left out unticked boxes."""
    return {name: value for name, value in form.items() if name != FORM_KEY}


async def perform(service: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service function for the signed-in user, in a thread and in one transaction."""
    user, (tab, txid), changed = signed_in(), _running(), dict[str, Any]()

    def run() -> R:
        session = None
        try:
            with scoped(user, tab=tab) as scope:
                session = scope.session
                return service(scope, *args, **kwargs)
        finally:
            if session is not None and session.changed:
                changed.update(session.changed)
                transaction_outcomes.record(txid, _OUTCOMES[session.is_committed])

    try:
        return await asyncio.to_thread(run)
    except NotSignedIn:
        session_cache.forget(user.user_id)
        raise
    finally:
        session_cache.drop_changed(ChangeNotification(str(user.user_id), changed))


_OUTCOMES = {True: Outcome.SAVED, False: Outcome.UNCHANGED, None: Outcome.UNKNOWN}


def _running() -> tuple[str, str]:
    """Return the tab token and the id of the running event; empty outside an event."""
    try:
        context = EventContext.get()
    except LookupError:
        return "", ""
    return context.token, context.txid


class Notices(AppState):
    """The notice at the foot of the page: the result of the last action, with Undo."""

    notice: Notice | None = None
    wrong: str = ""
    """A new value has the first field shown that is wrong."""
    outage: str = ""
    """What the tab waits for; set in the browser alone, by `tell_outage`."""
    answer: Answer | None = None

    @rx.event
    async def dismiss(self) -> None:
        """Take the notice away."""
        self.notice = None

    @rx.event
    async def undo(self, batch: str) -> Any:
        """Undo the notice's action and reload the page."""
        from tracker.services.undo import undo

        self.notice = Notice(signal(), await perform(run_once, batch, undo, batch))
        return refresh(self)

    @rx.event
    async def say(self, message: str, is_trouble: bool) -> None:
        """Show a notice that an error handler words."""
        self.notice = Notice(signal(), message, is_trouble=is_trouble)


class Me(AppState):
    """The signed-in user, as the shell shows it."""

    owner: str = ""
    """Whose drafts the browser may show."""
    name: str = ""
    knows_zone: bool = True


class SignedIn(rx.State, mixin=True):
    """State of a signed-in page: calls service functions and announces their results."""

    async def _greet(self) -> bool:
        """Begin a page's load: show the signed-in user, and follow changes from now on.

        Whether the tab came here from another page, rather than loading again what it shows.
        """
        await self._show_who()
        return tabs.register(str(signed_in().user_id), self.router.url.path, self.router_data)

    async def _show_who(self) -> None:
        user, me = signed_in(), await self.get_state(Me)
        me.owner = str(user.user_id)
        me.name, me.knows_zone = user.name or user.email or "You", bool(user.timezone)

    async def _announce(self, done: Done[Page], key: str = "") -> Page:
        """Show the notice of an action, answer its key, and return the page as it is now."""
        if done.message:
            await self._say(done.message, done.batch)
        await self._answer(key, is_kept=True)
        return done.page

    async def _answer(self, key: str, *, is_kept: bool) -> None:
        """Report to the browser that the submission with this key was answered."""
        if key:
            notices = await self.get_state(Notices)
            notices.answer = Answer(signal(), key, is_kept)

    async def _say(self, message: str, batch: str = "", *, is_trouble: bool = False) -> None:
        notices = await self.get_state(Notices)
        notices.notice = Notice(signal(), message, batch, is_trouble)


class Form(SignedIn, mixin=True):
    """State with a form, and the error message of each field."""

    errors: dict[str, str] = {}

    @asynccontextmanager
    async def _submitting(self, form: Mapping[str, str]) -> AsyncIterator[None]:
        """Set `errors` to the fields that the block rejects, and report whether the form was saved."""
        self.errors, is_kept = {}, False
        try:
            yield
            is_kept = True
        except Invalid as invalid:
            self.errors = invalid.fields
            await self._show_wrong()
        finally:
            await self._answer(key_of(form), is_kept=is_kept)

    async def _show_wrong(self) -> None:
        notices = await self.get_state(Notices)
        notices.wrong = signal()
        if notices.notice and not notices.notice.batch:  # which says of an earlier try that it went well
            notices.notice = None


def refresh(state: rx.State) -> list[Any]:
    """The events that load the page a state's tab is on, afresh."""
    from reflex_base.registry import RegistrationContext

    return list(RegistrationContext.get().app.get_load_events(state.router.url.path))
