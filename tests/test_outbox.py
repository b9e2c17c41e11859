"""Messages of a transaction: sent after commit only, and never at the commit's expense."""

import pytest

from tests.support.people import Person
from tracker.db import scoped
from tracker.models import applications
from tracker.services.applications import creation
from tracker.shapes.people import Who


def _add(user: Who, message, error: Exception | None = None) -> None:
    with scoped(user) as scope:
        creation.add(scope, {"company": "Linear", "role": "Engineer"})
        scope.send(message)
        if error:
            raise error


def _number_stored(user: Who) -> int:
    with scoped(user) as scope:
        return len(scope.rows(applications.id.table.select()))


def test_a_message_leaves_when_the_row_can_be_read(alice: Person) -> None:
    seen: list[int] = []
    _add(alice.user, lambda: seen.append(_number_stored(alice.user)))
    assert seen == [1]


def test_a_rollback_drops_the_outbox(alice: Person) -> None:
    seen: list[int] = []
    with pytest.raises(ValueError, match="no"):
        _add(alice.user, lambda: seen.append(1), ValueError("no"))
    assert (seen, _number_stored(alice.user)) == ([], 0)


def test_an_unavailable_queue_rolls_nothing_back(alice: Person, caplog: pytest.LogCaptureFixture) -> None:
    def away() -> None:
        raise ConnectionError("away")

    _add(alice.user, away)
    assert _number_stored(alice.user) == 1
    assert "Couldn't send a message after commit" in caplog.text
