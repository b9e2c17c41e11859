"""The version of an application's row, by which figures that were counted before are known to be old."""

from typing import Any

import pytest

from tests.support.people import Person
from tracker.services.applications.deletion import remove
from tracker.services.applications.field_edits import edit, tag
from tracker.services.applications.stage_moves import follow_up, move


@pytest.mark.parametrize(
    ("change", "args"),
    [
        (move, ("screening",)),
        (edit, ("location", "Paris", "")),
        (tag, ("later",)),
        (follow_up, ()),
        (remove, ()),
    ],
)
def test_each_change_and_its_undoing_give_a_row_the_next_version(
    alice: Person, change: Any, args: tuple[str, ...]
) -> None:
    row_id = alice.add_application()
    alice.call(edit, row_id, "source", "Referral", "")
    alice.call(change, row_id if change in (edit, follow_up) else [row_id], *args)
    versions = [alice.row("application", row_id)["version"]]
    alice.undo()
    versions.append(alice.row("application", row_id)["version"])
    assert versions == [3, 4]
