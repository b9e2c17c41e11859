"""The guard in front of every event: nobody's event runs, and no one meets a state that was another's."""

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar

import reflex as rx
from reflex.app import App
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from tracker.errors import NotSignedIn
from tracker.services import sessions
from tracker.settings import settings
from tracker.shapes.people import Who

F = TypeVar("F", bound=Callable[..., Any])
SIGN_IN = "/sign-in"
FRAMEWORK_EVENTS = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "on_load_internal",
    "update_vars_internal",
    "handle_frontend_exception",
}
"""What the framework itself sends; anything else of its own states is refused."""

_who: ContextVar[Who | None] = ContextVar("who", default=None)


def public(handler: F) -> F:
    """Mark a handler that someone who isn't signed in may call; every other is refused to them."""
    handler.__public__ = True  # type: ignore[attr-defined]
    return handler


def signed_in() -> Who:
    """The person of the event that is running, as the guard found them; NotSignedIn when there is none."""
    who = _who.get()
    if who is None:
        raise NotSignedIn
    return who


def cookie_name() -> str:
    """The session cookie's name; over https the prefix makes the browser refuse a weaker one."""
    return "__Host-pursuit" if settings().secure else "pursuit"


def token_in(cookie_header: str) -> str:
    """The session token in a Cookie header, or nothing."""
    try:
        morsel = SimpleCookie(cookie_header).get(cookie_name())
    except CookieError:
        return ""
    return morsel.value if morsel else ""


class AppState(rx.State):
    """The parent of every state of Pursuit; remembers only whose session the tree belongs to."""

    _principal: str = ""


class Guard(rx.Middleware):
    """Resolves the session on each event and refuses by default."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let an event through, or answer in its stead."""
        registered = RegistrationContext.get().event_handlers[event.name]
        short = event.name.rpartition(".")[2]
        framework = registered.states[0].__module__.startswith("reflex.")
        if short == "setvar" or (framework and short not in FRAMEWORK_EVENTS):
            return StateUpdate()
        hydrating = framework and short in ("hydrate", "hydrate_and_load")
        if framework and not hydrating:
            return None
        who = await asyncio.to_thread(sessions.find, token_in(state.router.headers.cookie))
        _who.set(who)
        if not await _belongs(state, str(who.session_id) if who else "", wipe=hydrating):
            return _answer(rx.call_script("window.location.reload()"))
        if not hydrating and who is None and not hasattr(registered.handler.fn, "__public__"):
            return _answer(rx.redirect(SIGN_IN))
        return None


async def _belongs(state: BaseState, principal: str, *, wipe: bool) -> bool:
    """Whether the state tree is this session's; on hydration, when all of it is loaded, it is made so."""
    base = await state.get_state(AppState)
    if base._principal == principal:
        return True
    if wipe:
        for substate in state._get_root_state().substates.values():
            if not type(substate).__module__.startswith("reflex."):
                substate.reset()
        base._principal = principal
    return wipe


def _answer(event: Any) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(event))
