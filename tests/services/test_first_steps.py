"""First steps of a new user, and the sample data."""

from collections.abc import Callable

import pytest
from sqlmodel import SQLModel

from tests.support.people import Person
from tracker.demo.seed import APPLICATIONS, add_sample
from tracker.errors import NotFound
from tracker.services.contacts import contact_changes
from tracker.services.first_steps import ACCOUNT_TABLES, read, remove_sample, request_sample, skip
from tracker.services.preferences import save
from tracker.services.priority.wishes_form import save as wish
from tracker.services.profile.edits import add_bullet


def test_a_skipped_step_is_never_shown_again(alice: Person, bob: Person) -> None:
    assert alice.call(read).steps == ["resume", "wishes", "goal", "sample"]
    alice.call(skip, "wishes")
    alice.call(skip, "sample")
    alice.call(skip, "wishes")
    assert alice.call(read).steps == ["resume", "goal"]
    assert len(bob.call(read).steps) == 4
    with pytest.raises(NotFound):
        alice.call(skip, "breakfast")


def test_sample_data_is_requested_once_and_only_for_an_empty_account(alice: Person, bob: Person) -> None:
    assert not alice.call(read).is_adding
    assert alice.call(request_sample) == alice.call(request_sample) == "Adding the sample data"
    assert alice.call(read).is_adding
    assert len(alice.rows("SELECT 1 FROM job WHERE kind = 'add_sample'")) == 1
    bob.add_application()
    assert bob.call(request_sample) == "Sample data can only be added to an empty account"
    assert not bob.call(read).is_adding
    assert bob.call(add_sample) == 0


@pytest.mark.parametrize(
    "enter",
    [
        lambda person: person.call(add_bullet, {"text": "Mapped Bergen"}),
        lambda person: person.call(contact_changes.add, {"name": "Ida"}),
        lambda person: person.call(wish, {"industries": "Maps"}),
    ],
)
def test_sample_data_never_joins_what_its_removal_would_take_along(
    alice: Person, enter: Callable[[Person], object]
) -> None:
    enter(alice)
    assert "sample" not in alice.call(read).steps
    assert alice.call(request_sample) == "Sample data can only be added to an empty account"
    assert alice.call(add_sample) == 0
    assert not alice.call(read).has_sample


def test_removed_sample_data_leaves_the_account_as_it_was(alice: Person, bob: Person) -> None:
    alice.call(save, {"weekly_goal": "9"})
    his = bob.add_application()
    assert alice.call(add_sample) == APPLICATIONS
    assert alice.call(read).has_sample
    alice.add_application("Mine")
    assert alice.call(remove_sample) == "Sample data removed"
    assert not alice.call(read).has_sample
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in ACCOUNT_TABLES:
            assert alice.rows(f"SELECT 1 FROM {table.name}") == [], table.name
    assert alice.rows("SELECT weekly_goal FROM preferences") == [{"weekly_goal": 9}]
    assert bob.row("application", his)


def test_an_account_without_sample_data_loses_nothing(alice: Person) -> None:
    row_id = alice.add_application()
    with pytest.raises(NotFound):
        alice.call(remove_sample)
    assert alice.row("application", row_id)
