"""What the browser was sent and no handler reads isn't kept with the tab's state, and nothing of the page is lost by it."""

import ast
import inspect
import pickle
import textwrap
from collections.abc import Callable, Iterator

import pytest
from reflex_base.constants.state import FIELD_MARKER as MARKER

import tracker.tracker  # noqa: F401, names every state there is
from tests.support.live_pages import LIST, add_application, packets_since
from tests.support.people import Person
from tests.support.tab import Tab
from tracker.framework.app_state import AppState
from tracker.shapes.applications import Column
from tracker.state.applications import Applications

STATES = sorted((state for state in AppState.get_substates() if state._only_sent), key=str)


def read_of(state: type[AppState]) -> Iterator[str]:
    """The vars of itself that a state's own code reads."""
    attributes = (
        node
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(state))))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )
    for node in attributes:
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            yield node.attr


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_what_is_only_sent_is_sent_by_every_load_and_read_by_no_handler(state: type[AppState]) -> None:
    assert set(state._only_sent) <= set(state._anew)
    assert not set(state._only_sent) & set(read_of(state))


def test_it_is_kept_that_there_is_something_and_what_is_empty_stays_so() -> None:
    state = Applications(_reflex_internal_init=True)
    state.saved = Column("saved", "Saved", 1)
    kept = pickle.loads(pickle.dumps(state))  # noqa: S301
    assert state.saved == Column("saved", "Saved", 1)
    snapshot = kept.dict()[kept.get_full_name()]
    assert f"saved{MARKER}" not in snapshot
    assert snapshot[f"offer{MARKER}"] == Column()
    assert snapshot[f"cards{MARKER}"] == []


def test_a_column_is_another_as_soon_as_anything_in_it_is() -> None:
    one = Column("saved", "Saved", 2)
    assert hash(one) == hash(Column("saved", "Saved", 2)) != hash(Column("saved", "Saved", 3))


def test_a_card_that_moves_on_the_board_brings_its_two_columns_and_no_other(
    tab_of: Callable[..., Tab], alice: Person
) -> None:
    row_id, _ = add_application(alice.user, "Halcyon"), add_application(alice.user, "Papermill")
    tab = tab_of(alice.user, "/applications?view=board")
    seen = len(tab.raw)
    tab.send(f"{LIST}.move", application_id=row_id, to="offer")
    tab.wait_for(f"offer{MARKER}")
    assert f"saved{MARKER}" in packets_since(tab, seen)
    assert not any(
        f"{stage}{MARKER}" in packets_since(tab, seen) for stage in ("applied", "screening", "closed")
    )


def test_every_row_of_the_page_can_be_selected_at_once(tab_of: Callable[..., Tab], alice: Person) -> None:
    row_id = add_application(alice.user, "Halcyon")
    tab = tab_of(alice.user, "/applications?q=Halcyon")
    tab.send(f"{LIST}.select_all", chosen=True)
    assert row_id in tab.wait_for(f"selected{MARKER}")
