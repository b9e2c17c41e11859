"""A tab whose token still counts as taken goes on with its state under the new one it is given."""

import logging
from contextlib import suppress

import reflex as rx
from reflex.app import App, EventNamespace
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState
from starlette.datastructures import Headers

from tracker.framework.tab_states import TabStates
from tracker.services.sessions import tab_key

log = logging.getLogger(__name__)


def copy_states_of_reconnected_tabs(app: App) -> None:
    """Have a new token begin with a copy of the state of the one it stands for.

    The framework takes a token whose socket isn't known to be closed for a duplicated tab's, and gives the tab a new one.
    So it does to every tab whose web process was killed, or whose network went away unnoticed: without its state, what
    was being edited in place there would be gone. Whose the copy is, the guard asks, as of any other tree.
    """
    namespace = app.event_namespace
    if namespace is None:
        return
    manager, link = namespace._token_manager, namespace._token_manager.link_token_to_sid

    async def link_token_to_sid(token: str, sid: str) -> str | None:
        new = await link(token, sid)
        if new and isinstance(app.state_manager, TabStates):
            # The tab is told the new token, and will come back with it through the edge, which ties it to the session.
            kept_under = tab_key(new, _mark(namespace, sid))
            await manager.disconnect_token(new, sid)
            await link(kept_under, sid)
            try:
                await _copy(app.state_manager, token, kept_under)
            except Exception as error:  # the tab would wait for its socket for ever
                log.warning("A tab that came again begins with an empty state: %r", error)
        return new

    manager.link_token_to_sid = link_token_to_sid  # type: ignore[method-assign]


def _mark(namespace: EventNamespace, sid: str) -> str:
    """The fingerprint of the session of a socket, which the edge has put in the place of its cookies."""
    scope = namespace.server.get_environ(sid, namespace.namespace)["asgi.scope"]
    return Headers(scope=scope).get("cookie", "")


async def _copy(manager: TabStates, token: str, new: str) -> None:
    with suppress(TimeoutError):  # the process that has it is gone: Redis knows what it was a second before
        await manager.write_back(BaseStateToken(ident=token, cls=rx.State))
    async with manager.redis.pipeline() as pipeline:
        for state in _tree(rx.State):
            was, becomes = (str(BaseStateToken(ident=ident, cls=state)) for ident in (token, new))
            pipeline.copy(was, becomes)
        await pipeline.execute()


def _tree(state: type[BaseState]) -> list[type[BaseState]]:
    return [state, *(below for child in state.get_substates() for below in _tree(child))]
