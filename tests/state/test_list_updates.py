"""Updates of a list that a tab receives on load and after a change."""

from collections.abc import Callable

from reflex_base.constants.state import FIELD_MARKER as MARKER

import tracker.tracker  # noqa: F401, names every state there is
from tests.support.live_pages import LIST, add_application, packets_since
from tests.support.people import Person
from tests.support.tab import Tab
from tracker.shapes.applications import Column
from tracker.state.applications import Applications


def test_a_snapshot_leaves_out_what_the_load_sends_unless_it_is_empty() -> None:
    state = Applications(_reflex_internal_init=True)
    state.saved = Column("saved", "Saved", 1)
    snapshot = state.dict()[state.get_full_name()]
    assert f"saved{MARKER}" not in snapshot
    assert snapshot[f"offer{MARKER}"] == Column()
    assert snapshot[f"cards{MARKER}"] == []


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
