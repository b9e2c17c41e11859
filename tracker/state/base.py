"""What every signed-in page's state does alike: perform a verb as the person, and say what came of it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

import reflex as rx
from reflex_base.event.context import EventContext

from tracker.db import Scope, plans_of, scoped
from tracker.errors import Invalid, NotSignedIn
from tracker.framework import outcomes
from tracker.framework.app_state import AppState
from tracker.framework.guard import signed_in
from tracker.framework.outcomes import Outcome
from tracker.framework.session_cache import recognized
from tracker.framework.tabs import tabs
from tracker.live import Changed
from tracker.services.idempotency import FORM_KEY, once
from tracker.shapes.notice import Answer, Notice

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=str | tuple[str, ...] | None)
Verb = Callable[Concatenate[Scope, P], R]
log = logging.getLogger(__name__)


def key_of(form: Mapping[str, str]) -> str:
    """Return the key a form was opened with; empty without one."""
    return form.get(FORM_KEY, "")


def fields_of(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed in a form, without its key."""
    return {name: value for name, value in form.items() if name != FORM_KEY}


def _and_then(
    scope: Scope, reload: Callable[[Scope], R], key: str, verb: Callable[..., str], *args: Any, **kwargs: Any
) -> tuple[str, str, R]:
    said, batch = once(scope, key, with_batch(verb), *args, **kwargs)
    scope.look_again()
    return said, batch, reload(scope)


def with_batch(
    verb: Callable[Concatenate[Scope, P], str],
) -> Callable[Concatenate[Scope, P], tuple[str, str]]:
    """Make a verb return, beside what it says, the batch by which it can be undone; empty if nothing happened."""

    @wraps(verb)
    def performed(scope: Scope, *args: P.args, **kwargs: P.kwargs) -> tuple[str, str]:
        said = verb(scope, *args, **kwargs)
        return said, str(scope.batch) if scope.has_happened else ""

    return performed


def nothing(scope: Scope) -> None:
    """Reload nothing."""


async def perform(verb: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a verb of the domain as the signed-in person: in a thread, in one transaction of theirs."""
    who, (tab, txid), changed = signed_in(), _running(), dict[str, Any]()

    def run() -> R:
        session = None
        try:
            with scoped(who, tab=tab, plans=plans_of(verb)) as scope:
                session = scope.session
                return verb(scope, *args, **kwargs)
        finally:
            if session is not None and session.changed:
                changed.update(session.changed)
                outcomes.record(txid, _OUTCOMES[session.is_kept])

    try:
        return await asyncio.to_thread(run)
    except NotSignedIn:
        recognized.forget(who.user_id)
        raise
    finally:
        recognized.hear(Changed(str(who.user_id), changed))


_OUTCOMES = {True: Outcome.SAVED, False: Outcome.UNCHANGED, None: Outcome.UNKNOWN}


def _running() -> tuple[str, str]:
    """The tab whose event is running, which shows by itself what it does and needn't be told, and the event's own id."""
    try:
        context = EventContext.get()
    except LookupError:
        return "", ""
    return context.token, context.txid


class Notices(AppState):
    """The one line at the foot of the page that says what was done, with its undo."""

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
        """Take back what the notice told of, and show the page as it then is."""
        from tracker.services.undo import undo

        self.notice = Notice(str(uuid4()), await perform(once, batch, undo, batch))
        return refresh(self)

    @rx.event
    async def say(self, message: str, is_trouble: bool) -> None:
        """Show a notice that an error handler words."""
        self.notice = Notice(str(uuid4()), message, is_trouble=is_trouble)


class Me(AppState):
    """Who is signed in, as the shell shows it."""

    owner: str = ""
    """Whose drafts the browser may show."""
    name: str = ""
    knows_zone: bool = True


class SignedIn(rx.State, mixin=True):
    """A page's state: performs verbs and says what came of them."""

    async def _greet(self) -> bool:
        """Show who is signed in, and hear of changes from here on; what a page's load begins with.

        Whether the tab came here from another page, rather than loading again what it shows.
        """
        await self._show_who()
        return tabs.enter(str(signed_in().user_id), self.router.url.path, self.router_data)

    async def _show_who(self) -> None:
        who, me = signed_in(), await self.get_state(Me)
        me.owner = str(who.user_id)
        me.name, me.knows_zone = who.name or who.email, bool(who.timezone)

    async def _act(
        self, verb: Callable[Concatenate[Scope, P], str], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Perform a verb that can be taken back, and say what was done with its undo."""
        await self._act_and(nothing, verb, *args, **kwargs)

    async def _act_and(
        self,
        reload: Callable[[Scope], R],
        verb: Callable[Concatenate[Scope, P], str],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """As `_act`, and what the page shows from then on, read in the same transaction."""
        return await self._act_once("", reload, verb, *args, **kwargs)

    async def _act_once(
        self,
        key: str,
        reload: Callable[[Scope], R],
        verb: Callable[Concatenate[Scope, P], str],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """As `_act_and`, but performed once however often the button with this key is pressed."""
        said, batch, found = await perform(_and_then, reload, key, verb, *args, **kwargs)
        await self._say(said, batch)
        await self._answer(key, is_kept=True)
        return found

    async def _answer(self, key: str, *, is_kept: bool) -> None:
        """Tell the browser that the press with this key was answered."""
        if key:
            notices = await self.get_state(Notices)
            notices.answer = Answer(str(uuid4()), key, is_kept)

    async def _say(self, message: str, batch: str = "", *, is_trouble: bool = False) -> None:
        notices = await self.get_state(Notices)
        notices.notice = Notice(str(uuid4()), message, batch, is_trouble)


class Form(SignedIn, mixin=True):
    """A state with a form: what is wrong with each field, in words."""

    errors: dict[str, str] = {}

    async def _attempt(
        self, verb: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """What the verb gives, or None with `errors` set beside the fields that were wrong."""
        self.errors = {}
        try:
            return await perform(verb, *args, **kwargs)
        except Invalid as invalid:
            self.errors = invalid.fields
            await self._show_wrong()
            return None

    async def _submit(
        self,
        form: Mapping[str, str],
        verb: Callable[Concatenate[Scope, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R | None:
        """As `_attempt`, and tell the browser that this form was answered."""
        kept = None
        try:
            kept = await self._attempt(verb, *args, **kwargs)
        finally:
            await self._answer(key_of(form), is_kept=kept is not None)
        return kept

    async def _submit_once(
        self,
        form: Mapping[str, str],
        verb: Callable[Concatenate[Scope, P], S],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> S | None:
        """As `_submit`, but performed once however often this form is submitted: later ones get the first's result."""

        def performed(scope: Scope) -> S:
            return once(scope, key_of(form), verb, *args, **kwargs)

        return await self._submit(form, performed)

    async def _show_wrong(self) -> None:
        notices = await self.get_state(Notices)
        notices.wrong = str(uuid4())
        if notices.notice and not notices.notice.batch:  # which says of an earlier try that it went well
            notices.notice = None


def refresh(state: rx.State) -> list[Any]:
    """The events that load the page a state's tab is on, afresh."""
    from reflex_base.registry import RegistrationContext

    return list(RegistrationContext.get().app.get_load_events(state.router.url.path))
