"""Handlers that a newer call supersedes: the older call may never run."""

import inspect

import pytest
import reflex as rx
from reflex_base.event import SUPERSEDES_MARKER

from tracker.framework.app_state import AppState
from tracker.tracker import app

assert app, "Importing it loads every state."


def states(of: type[rx.State] = AppState) -> list[type[rx.State]]:
    return [of, *[deeper for state in of.get_substates() for deeper in states(state)]]


SUPERSEDING = sorted(
    {
        f"{state.__name__}.{name}": handler.fn
        for state in states()
        for name, handler in state.event_handlers.items()
        if getattr(handler.fn, SUPERSEDES_MARKER, False)
    }.items()
)


@pytest.mark.parametrize(("name", "handler"), SUPERSEDING, ids=[name for name, _ in SUPERSEDING])
def test_a_superseded_call_loses_no_other_field(name: str, handler: object) -> None:
    """A handler that takes a field and its value loses the value of one field to a call about another.

    A mark only says which drawing of the one field was typed into.
    """
    parameters = {*inspect.signature(handler).parameters} - {"self", "mark"}  # type: ignore[arg-type]
    assert len(parameters) <= 1, name


def test_searches_and_previews_supersede_earlier_events() -> None:
    assert {"Applications.search", "Palette.find", "Priorities.try_weights"} <= {
        name for name, _ in SUPERSEDING
    }
