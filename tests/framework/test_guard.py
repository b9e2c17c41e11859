"""Rules for every handler: known, marked, and refused to anonymous clients."""

import ast
import inspect
import textwrap
from collections.abc import Iterator

from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from tracker.framework import guard
from tracker.framework.app_state import AppState
from tracker.tracker import app

PUBLIC = {"sign_in_state.load"}
"""Every handler that someone who isn't signed in may call: a new one is a decision, made here."""

assert app


def handlers() -> Iterator[tuple[str, RegisteredEventHandler]]:
    """Return every registered handler of Pursuit's states except `setvar`, which the guard blocks."""
    for name, registered in RegistrationContext.get().event_handlers.items():
        if not guard.is_framework_event(name) and not name.endswith(".setvar"):
            yield name, registered


def test_every_handler_is_meant_to_be_one() -> None:
    undecorated = [
        name for name, registered in handlers() if not _is_decorated(inspect.unwrap(registered.handler.fn))
    ]
    assert undecorated == []


def test_only_these_handlers_are_public() -> None:
    public = {_short(name) for name, _ in handlers() if guard.is_public(name)}
    assert public == PUBLIC


def test_every_handler_is_async_so_that_it_blocks_no_other() -> None:
    waiting = [
        name
        for name, registered in handlers()
        if not (
            inspect.iscoroutinefunction(registered.handler.fn)
            or inspect.isasyncgenfunction(registered.handler.fn)
        )
    ]
    assert waiting == []


def test_every_state_of_pursuit_is_below_the_guarded_one() -> None:
    strays = {
        state.__name__
        for _, registered in handlers()
        for state in registered.states
        if not issubclass(state, AppState)
    }
    assert strays == set()


def test_only_these_events_of_the_framework_pass() -> None:
    names = {
        name.rpartition(".")[2]
        for name in RegistrationContext.get().event_handlers
        if guard.is_framework_event(name)
    }
    assert names - guard.FRAMEWORK_EVENTS == {"setvar", "handle_frontend_exception"}


def test_no_upload_endpoint_is_open() -> None:
    paths = {getattr(route, "path", "") for route in app._api.routes}  # type: ignore[union-attr]
    assert not {path for path in paths if "upload" in path or "all_routes" in path}


def _short(name: str) -> str:
    state, _, handler = name.rpartition(".")
    return f"{state.rpartition('____')[2]}.{handler}"


def _is_decorated(fn: object) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(fn)))  # type: ignore[arg-type]
    marks = [ast.unparse(mark) for mark in tree.body[0].decorator_list]  # type: ignore[attr-defined]
    return any(mark.startswith("rx.event") for mark in marks)
