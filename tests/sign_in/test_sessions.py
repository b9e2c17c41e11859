"""Sessions: thirty days from the last use, listed, and ended one by one or all but this one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from tests.support.people import Person
from tracker.db import scoped
from tracker.errors import Invalid, NotFound
from tracker.services import people, sessions
from tracker.services.applications.deletion import purge
from tracker.services.pages import settings
from tracker.services.people import delete_account


def travel_days(days: float) -> time_machine.travel:
    """Travel this many days ahead."""
    return time_machine.travel(datetime.now(UTC) + timedelta(days=days))


def test_a_session_slides_with_its_use_and_ends_thirty_days_after_the_last(alice: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "a browser")
    with travel_days(29):
        assert sessions.find(token)
    with travel_days(58):
        assert sessions.find(token)
    with travel_days(89):
        assert sessions.find(token) is None


def test_a_session_ends_after_ninety_days_however_often_it_is_used(alice: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "a browser")
    for day in (29, 58, 87, 89.9):
        with travel_days(day):
            assert sessions.find(token)
    with travel_days(90.01):
        assert sessions.find(token) is None


def test_an_unused_session_ends(alice: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "a browser")
    with travel_days(30.01):
        assert sessions.find(token) is None


def test_each_session_is_listed_and_can_be_ended_alone(alice: Person) -> None:
    remaining, gone = (sessions.open_session(alice.user.user_id, browser) for browser in ("kept", "gone"))
    with scoped(alice.user) as scope:
        lines = {line.browser: line.id for line in sessions.own_sessions(scope)}
        sessions.revoke(scope, lines["gone"])
    assert sessions.find(remaining)
    assert sessions.find(gone) is None


def test_all_sessions_but_the_current_can_be_ended(alice: Person) -> None:
    tokens = [sessions.open_session(alice.user.user_id, "a browser") for _ in range(3)]
    here = sessions.find(tokens[0])
    assert here
    with scoped(here) as scope:
        assert [line.is_this_one for line in sessions.own_sessions(scope)].count(True) == 1
        assert sessions.revoke_others(scope) == 2
    assert [bool(sessions.find(token)) for token in tokens] == [True, False, False]


def test_no_user_ends_or_sees_the_session_of_another(alice: Person, bob: Person) -> None:
    token = sessions.open_session(alice.user.user_id, "hers")
    hers = sessions.find(token)
    with scoped(bob.user) as scope:
        assert sessions.own_sessions(scope) == []
    with pytest.raises(NotFound), scoped(bob.user) as scope:
        sessions.revoke(scope, str(hers.session_id))  # type: ignore[union-attr]
    assert sessions.find(token)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 43, "\x00", "é", "x" * 100_000])
def test_an_unknown_token_opens_no_session(alice: Person, token: str) -> None:
    assert sessions.find(token) is None


@pytest.mark.parametrize("mark", ["", "nonsense", "0" * 64, "0" * 63, "g" * 64, "\x00" * 64])
def test_a_fingerprint_of_nothing_opens_nothing(alice: Person, mark: str) -> None:
    assert sessions.find_by(mark) is None


@pytest.mark.parametrize(("days", "is_forgotten"), [(29, False), (31, True)])
def test_a_session_that_expired_was_not_ended_until_it_is_forgotten(
    alice: Person, days: int, is_forgotten: bool
) -> None:
    mark = sessions.token_hash(sessions.open_session(alice.user.user_id, "a browser"))
    with scoped(alice.user) as scope:
        expired = text("UPDATE user_session SET expires_at = now() - make_interval(days => :days)")
        scope.session.execute(expired, {"days": days})
    purge()
    assert sessions.find_by(mark) is None
    assert sessions.was_ended(mark) is is_forgotten


def test_a_session_that_is_revoked_signed_out_or_deleted_with_its_account_was_ended(alice: Person) -> None:
    revoked, closed, deleted = (sessions.open_session(alice.user.user_id, name) for name in ("a", "b", "c"))
    sessions.end_session(closed)
    with scoped(alice.user) as scope:
        sessions.revoke(scope, next(line.id for line in sessions.own_sessions(scope) if line.browser == "a"))
    with scoped(sessions.find(deleted) or alice.user) as scope:
        delete_account(scope, "delete")
    assert all(sessions.was_ended(sessions.token_hash(token)) for token in (revoked, closed, deleted))


def test_the_browsers_of_a_deleted_account_are_told_that_it_was_deleted(
    alice: Person, bob: Person, redis_url: str
) -> None:
    tokens = [sessions.open_session(person.user.user_id, "a browser") for person in (alice, alice, bob)]
    sessions.end_session(tokens[1])

    def deleted() -> list[bool]:
        return [sessions.was_deleted(sessions.token_hash(token)) for token in tokens]

    user = sessions.find(tokens[0]) or alice.user
    with pytest.raises(Invalid), scoped(user) as scope:
        settings.delete_account(scope, "no")
    assert deleted() == [False, False, False]
    with scoped(user) as scope:
        settings.delete_account(scope, "delete")
    assert deleted() == [True, False, False]


def test_sessions_of_a_user_who_may_no_longer_sign_in_are_ended(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = sessions.token_hash(sessions.open_session(alice.user.user_id, "a browser"))
    monkeypatch.setattr(people, "is_allowed", lambda issuer, email: False)
    assert sessions.find_by(mark) is None
    assert sessions.was_ended(mark)


@pytest.mark.parametrize("mark", ["", "none", "0" * 63])
def test_was_ended_is_false_without_a_session(alice: Person, mark: str) -> None:
    assert not sessions.was_ended(mark)


def test_ending_the_others_counts_no_session_that_had_expired(alice: Person) -> None:
    sessions.open_session(alice.user.user_id, "expired")
    with travel_days(31), scoped(alice.user) as scope:
        sessions.open_session(alice.user.user_id, "live")
        assert sessions.revoke_others(scope) == 1
