"""State handover to a tab that reconnects while its token is still counted as in use."""

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
    """Start each replacement token with a copy of the state of the token it replaces.

    When a token comes again before its socket is known to be closed, the framework assumes a duplicated tab and issues a
    new token. That also happens to every tab whose web process was killed or whose network failed unnoticed: without
    its state, an edit in place would be lost. The guard checks the owner of the copy, as of any other state tree.
    """
    namespace = app.event_namespace
    if namespace is None:
        return
    manager, link = namespace._token_manager, namespace._token_manager.link_token_to_sid

    async def link_token_to_sid(token: str, sid: str) -> str | None:
        new = await link(token, sid)
        if new and isinstance(app.state_manager, TabStates):
            # The tab gets the new token and reconnects with it through the edge, which ties it to the session.
            new_key = tab_key(new, _token_hash(namespace, sid))
            await manager.disconnect_token(new, sid)
            await link(new_key, sid)
            try:
                await _copy(app.state_manager, token, new_key)
            except Exception as error:  # otherwise the tab would wait for its socket for ever
                log.warning("A tab that reconnected starts with an empty state: %r", error)
        return new

    manager.link_token_to_sid = link_token_to_sid  # type: ignore[method-assign]


def _token_hash(namespace: EventNamespace, sid: str) -> str:
    """Return the token hash of a socket's session, by which the edge has replaced its cookies."""
    scope = namespace.server.get_environ(sid, namespace.namespace)["asgi.scope"]
    return Headers(scope=scope).get("cookie", "")


async def _copy(manager: TabStates, token: str, new: str) -> None:
    with suppress(TimeoutError):  # its process is gone: Redis has the state of a second before
        await manager.write_back(BaseStateToken(ident=token, cls=rx.State))
    async with manager.redis.pipeline() as pipeline:
        for state in _tree(rx.State):
            source, target = (str(BaseStateToken(ident=ident, cls=state)) for ident in (token, new))
            pipeline.copy(source, target)
        await pipeline.execute()


def _tree(state: type[BaseState]) -> list[type[BaseState]]:
    return [state, *(below for child in state.get_substates() for below in _tree(child))]
