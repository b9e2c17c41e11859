"""What every signed-in page's state does alike: perform a verb as the person, and say what came of it."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

import reflex as rx
from redis.exceptions import RedisError
from reflex.event import EventSpec
from reflex_base.event.context import EventContext

from tracker.db import Scope, plans_of, scoped
from tracker.errors import Invalid, NotSignedIn, Sorry
from tracker.shapes.notice import Notice
from tracker.state.guard import SIGN_IN, AppState, signed_in
from tracker.state.tabs import tabs

P = ParamSpec("P")
R = TypeVar("R")
Verb = Callable[Concatenate[Scope, P], R]
log = logging.getLogger(__name__)


def _and_then(
    scope: Scope, reload: Callable[[Scope], R], verb: Callable[..., str], *args: Any, **kwargs: Any
) -> tuple[str, str, R]:
    said = verb(scope, *args, **kwargs)
    scope.look_again()
    return said, str(scope.batch) if scope.has_happened else "", reload(scope)


def _nothing(scope: Scope) -> None:
    """Reload nothing."""


async def perform(verb: Callable[Concatenate[Scope, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a verb of the domain as the signed-in person: in a thread, in one transaction of theirs."""
    who, tab = signed_in(), _tab()

    def run() -> R:
        with scoped(who, tab=tab, plans=plans_of(verb)) as scope:
            return verb(scope, *args, **kwargs)

    return await asyncio.to_thread(run)


def _tab() -> str:
    """The tab whose event is running: it shows by itself what it does, and needn't be told."""
    try:
        return EventContext.get().token
    except LookupError:
        return ""


class Notices(AppState):
    """The one line at the foot of the page that says what was done, with its undo."""

    notice: Notice | None = None
    wrong: str = ""
    """A new value has the first field shown that is wrong."""

    @rx.event
    async def dismiss(self) -> None:
        """Take the notice away."""
        self.notice = None

    @rx.event
    async def undo(self, batch: str) -> Any:
        """Take back what the notice told of, and show the page as it then is."""
        from tracker.services.undo import undo

        self.notice = Notice(str(uuid4()), await perform(undo, str(batch)))
        return refresh(self)

    @rx.event
    async def say(self, message: str, is_trouble: bool) -> None:
        """Show a notice that an error handler words."""
        self.notice = Notice(str(uuid4()), str(message), is_trouble=bool(is_trouble))


class Me(AppState):
    """Who is signed in, as the shell shows it."""

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
        me.name, me.knows_zone = who.name or who.email, bool(who.timezone)

    async def _act(
        self, verb: Callable[Concatenate[Scope, P], str], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Perform a verb that can be taken back, and say what was done with its undo."""
        await self._act_and(_nothing, verb, *args, **kwargs)

    async def _act_and(
        self,
        reload: Callable[[Scope], R],
        verb: Callable[Concatenate[Scope, P], str],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """As `_act`, and what the page shows from then on, read in the same transaction."""
        said, batch, found = await perform(_and_then, reload, verb, *args, **kwargs)
        await self._say(said, batch)
        return found

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

    async def _show_wrong(self) -> None:
        notices = await self.get_state(Notices)
        notices.wrong = str(uuid4())
        if notices.notice and not notices.notice.batch:  # which says of an earlier try that it went well
            notices.notice = None


def refresh(state: rx.State) -> list[Any]:
    """The events that load the page a state's tab is on, afresh."""
    from reflex_base.registry import RegistrationContext

    return list(RegistrationContext.get().app.get_load_events(state.router.url.path))


def explain(exception: Exception) -> EventSpec | None:
    """Turn whatever a handler raised into words for the person, and the unexpected into a log line with its id."""
    if isinstance(exception, NotSignedIn):
        return rx.redirect(SIGN_IN)
    if isinstance(exception, Sorry):
        return Notices.say(exception.message, True)
    if isinstance(exception, RedisError):
        # To say so would be an event, which needs Redis, and would fail alike for as long as it is away.
        log.error("An event couldn't run: %s", exception)
        return None
    reference = uuid4().hex[:8]
    log.error("Something broke (%s)", reference, exc_info=exception)
    return Notices.say(f"Something broke, and nothing was changed. Reference {reference}.", True)
