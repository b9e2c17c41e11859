"""Change notifications: what a transaction committed, which rows, and nothing of their contents."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from sqlalchemy import delete, or_, text, update
from sqlmodel import select

from tests.support.live_pages import add_application
from tests.support.people import Person
from tracker.db import scoped
from tracker.live import CHANGED_ROWS, MAX_IDS, ChangeNotification, Rows, channel
from tracker.models import Application, Contact, applications, contacts
from tracker.services import sessions
from tracker.services.applications import creation, field_edits
from tracker.shapes.people import Who

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def received(redis_url: str) -> Iterator[Callable[[], list[str]]]:
    """Subscribe next to the web process; return a function that reads all messages so far."""
    with redis.Redis.from_url(redis_url) as store, store.pubsub(ignore_subscribe_messages=True) as pubsub:
        pubsub.subscribe(channel())
        assert pubsub.get_message(timeout=5) is None

        def so_far() -> list[str]:
            store.publish(channel(), "the end")
            messages = iter(lambda: pubsub.get_message(timeout=5), None)
            words = (message["data"].decode() for message in messages)
            return list(iter(lambda: next(words), "the end"))

        yield so_far


def test_a_rolled_back_change_is_not_notified(received: Callable[[], list[str]], alice: Person) -> None:
    with pytest.raises(ValueError, match="no"):
        add_and_roll_back(alice.user)
    with scoped(alice.user) as scope:
        sessions.own_sessions(scope)
    assert received() == []


def test_a_notification_contains_no_user_text(received: Callable[[], list[str]], alice: Person) -> None:
    row_id = add_application(alice.user, "Halcyon", notes="a secret")
    (message,) = received()
    assert "Halcyon" not in message
    assert "secret" not in message
    assert row_id in message
    assert str(alice.user.user_id) in message


def add_and_roll_back(user: Who) -> None:
    """Run a transaction that fails after a write."""
    with scoped(user) as scope:
        creation.add(scope, {"company": "Halcyon", "role": "Engineer"}, "saved")
        scope.session.flush()
        raise ValueError("no")


def noticed(user: Who, acts: Callable[[Any], object]) -> Rows:
    """Return the rows that a transaction reports as changed."""
    with scoped(user) as scope:
        acts(scope.session)
        scope.session.flush()
        return scope.session.changed


def own(user: Who) -> Any:
    """Add a contact of a user."""
    return Contact(user_id=user.user_id, id=ONE, name="Ida")


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        (select(Application), {}),
        (select(Application).with_for_update(), {}),
        (text("SELECT 1 FROM application FOR UPDATE SKIP LOCKED"), {}),
        (update(Application).where(applications.id == ONE).values(notes="x"), {"application": {str(ONE)}}),
        (
            update(Application).where(applications.stage == "saved", applications.id.in_([ONE, OTHER])).values(notes="x"),
            {"application": {str(ONE), str(OTHER)}},
        ),
        (update(Application).where(or_(applications.id == ONE, applications.notes == "")).values(notes="x"), {"application": None}),
        (update(Application).values(notes="x"), {"application": None}),
        (delete(Contact).where(contacts.id == ONE), {"contact": {str(ONE)}}),
        (text("UPDATE contact SET notes = 'x'"), {"contact": None}),
        (text("WITH gone AS (DELETE FROM contact RETURNING id) SELECT count(*) FROM gone"), {"contact": None}),
    ],
    ids=[
        "read", "locked", "locked in words", "one by its id", "some by their ids", "either one", "all", "one deleted",
        "in words", "deleted in words",
    ],
)  # fmt: skip
def test_every_kind_of_statement_is_noticed(alice: Person, statement: Any, rows: Rows) -> None:
    assert noticed(alice.user, lambda session: session.execute(statement)) == rows


def test_a_row_that_is_added_changed_or_removed_is_noticed(alice: Person) -> None:
    assert noticed(alice.user, lambda session: session.add(own(alice.user))) == {"contact": {str(ONE)}}

    def change(session: Any) -> None:
        session.scalars(select(Contact)).one().name = "Ada"

    def remove(session: Any) -> None:
        session.delete(session.scalars(select(Contact)).one())

    for acts in (change, remove):
        assert noticed(alice.user, acts) == {"contact": {str(ONE)}}
    assert noticed(alice.user, change_nothing) == {}


def change_nothing(session: Any) -> None:
    """Read and write the same."""
    for row in session.scalars(select(Contact)):
        row.name = str(row.name)


def test_changes_of_an_applications_rows_name_the_application(alice: Person) -> None:
    row_id = add_application(alice.user, "Halcyon")
    with scoped(alice.user) as scope:
        field_edits.edit(scope, row_id, "location", "Bergen", "")
        assert scope.session.changed == {"application": {row_id}, "event": {row_id}}


def test_a_change_of_very_many_rows_notifies_of_the_table_alone(alice: Person) -> None:
    many = {uuid4() for _ in range(MAX_IDS + 1)}
    statement = update(Application).where(applications.id.in_(many)).values(notes="x")
    assert noticed(alice.user, lambda session: session.execute(statement)) == {"application": None}


def test_merged_notifications_concern_every_page_of_either() -> None:
    change, other = (
        ChangeNotification("u", {"contact": {"1"}}, "tab"),
        ChangeNotification("u", {"contact": None, "event": {"2"}}),
    )
    both = change.merged_with(other)
    assert both == ChangeNotification("u", {"contact": None, "event": {"2"}})
    assert both.concerns((), ("contact",), "any")
    assert both.concerns((), ("event",), "2")
    assert not both.concerns(("interview",), ("event",), "1")
    assert change.rows == {"contact": {"1"}}


@pytest.mark.parametrize("message", ["", "{}", "[]", "null", '{"user": 1, "tab": "", "rows": [1]}', "\x00"])
def test_a_foreign_message_is_refused(message: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        ChangeNotification.of_message(message)


def test_a_message_says_all_of_a_change() -> None:
    changed = ChangeNotification("u", {"contact": {"1", "2"}, "event": None}, "tab")
    assert ChangeNotification.of_message(changed.as_message()) == changed


def test_a_raw_statement_may_declare_what_it_changes(alice: Person) -> None:
    options = {CHANGED_ROWS: {"priority": [ONE]}}
    words = text("UPDATE priority SET score = 1")
    assert noticed(alice.user, lambda session: session.execute(words, execution_options=options)) == {
        "priority": {str(ONE)}
    }
