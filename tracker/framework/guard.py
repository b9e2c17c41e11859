"""Guard: checks each event's session, and isolates the states of different users."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar

import reflex as rx
from reflex.app import App
from reflex.constants import SocketEvent
from reflex.state import BaseState, StateUpdate
from reflex.utils.exec import is_prod_mode
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from tracker.errors import NotSignedIn
from tracker.framework.app_state import AppState
from tracker.framework.session_cache import session_cache
from tracker.framework.tab_states import note_owner
from tracker.framework.tabs import tabs
from tracker.shapes.audit import Client
from tracker.shapes.people import Who

F = TypeVar("F", bound=Callable[..., Any])
SIGN_IN = "/sign-in"
ANONYMOUS_OWNER = "nobody"
"""Owner of a state tree while nobody is signed in; not empty, since an empty owner means that the state was lost."""

FRAMEWORK_EVENTS = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "on_load_internal",
    "update_vars_internal",
}
"""Events that the framework itself sends; any other event of its own states is refused."""

_current_user: ContextVar[Who | None] = ContextVar("who", default=None)


def public(handler: F) -> F:
    """Mark a handler as callable by anonymous clients (below `@rx.event`); all others require a session."""
    handler.__public__ = True  # type: ignore[attr-defined]
    return handler


def is_public(name: str) -> bool:
    """Return True for a handler that anonymous clients may call."""
    return getattr(RegistrationContext.get().event_handlers[name].handler.fn, "__public__", False) is True


def is_framework_event(name: str) -> bool:
    """Return True for one of Reflex's own handlers."""
    return RegistrationContext.get().event_handlers[name].states[0].__module__.startswith("reflex.")


def signed_in() -> Who:
    """Return the user of the running event; raises NotSignedIn without one."""
    user = _current_user.get()
    if user is None:
        raise NotSignedIn
    return user


def current_user() -> Who | None:
    """Return the user of the running event or None, for handlers that anyone may call."""
    return _current_user.get()


class Guard(rx.Middleware):
    """Middleware that resolves the session of each event and denies by default."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let an event through, or return the answer that replaces it."""
        _current_user.set(None)
        short, framework = event.name.rpartition(".")[2], is_framework_event(event.name)
        if short == "setvar" or (framework and short not in FRAMEWORK_EVENTS):
            return StateUpdate()
        hydrating = framework and short in ("hydrate", "hydrate_and_load")
        if framework and not hydrating:
            return None
        # The edge has replaced all cookies by the hash of the session's token.
        token_hash = state.router.headers.cookie
        user = None if hydrating else session_cache.get(token_hash)
        user = user or await session_cache.look_up(token_hash)
        note_owner(is_anonymous=user is None)
        mine = await _is_owned_by(state, str(user.session_id) if user else ANONYMOUS_OWNER, wipe=hydrating)
        if not mine or not (hydrating or user or is_public(event.name)):
            return await _reload_page(app, state)
        _current_user.set(user and replace(user, client=_client(state)))
        tabs.note_event(state.router.session.session_id)
        return None


def _client(state: BaseState) -> Client:
    """Return the origin of an event as the edge determined it, never as the page claims."""
    return Client(state.router.headers.user_agent, state.router.session.client_ip)


async def _is_owned_by(state: BaseState, principal: str, *, wipe: bool) -> bool:
    """Return True if the state tree is this session's; with `wipe`, reset it for the session."""
    base = await state.get_state(AppState)
    if base._principal == principal:
        return True
    if wipe:
        for substate in state._get_root_state().substates.values():
            if not type(substate).__module__.startswith("reflex."):
                substate.reset()
        base._principal = principal
    return wipe


async def _reload_page(app: App, state: BaseState) -> StateUpdate:
    """Reload the page, so that its memory holds nothing of the ended session.

    The reload of a page whose session has ended leads to the sign-in page. The framework's message for a page of
    another version does this without `eval`, which our pages forbid; in development it only warns, hence the redirect.
    """
    namespace = app.event_namespace
    if namespace is None or not is_prod_mode():
        return StateUpdate(events=Event.from_event_type(rx.redirect(SIGN_IN)))
    anew = {"backend": "", "reload_cooldown_ms": 0}
    if socket := state.router.session.session_id:  # to no socket means to all of them
        await namespace.emit(str(SocketEvent.STATE_MISMATCH), anew, to=socket)
    return StateUpdate()
