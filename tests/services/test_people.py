"""Users and their sessions."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from tests.support.clock import NOW
from tests.support.people import ABSENT, Person, newcomer
from tracker.errors import Invalid, NotFound
from tracker.services.people import (
    LOCAL,
    delete_account,
    lacks_name,
    load_user,
    rename,
    sign_up,
    sign_up_local,
    skip_name,
)
from tracker.services.sessions import end_session, find, open_session, own_sessions, revoke, revoke_others
from tracker.shapes.people import Who


def signed_in(person: Person, browser: str = "Firefox") -> tuple[str, Person]:
    token = open_session(person.user.user_id, browser)
    user = find(token)
    assert user is not None
    return token, Person(user)


def test_a_user_is_identified_by_issuer_and_subject_never_by_email_address() -> None:
    subject = str(uuid4())
    first = sign_up("https://id.example.com", subject, name="Ann", email="ann@example.com")
    assert sign_up("https://id.example.com", subject, email="new@example.com") == first
    assert sign_up("https://other.example.com", subject, email="ann@example.com") != first
    assert sign_up("https://id.example.com", subject + "x", email="ann@example.com") != first


def test_there_is_a_single_local_account() -> None:
    assert sign_up_local() == sign_up(*LOCAL) == sign_up_local()


def test_a_name_the_person_chose_stays_when_they_come_in_again() -> None:
    subject = str(uuid4())
    person = Person(Who(sign_up("https://id.example.com", subject, name="Given")))
    assert person.call(rename, "  Chosen ") == "Chosen"
    sign_up("https://id.example.com", subject, name="Given")
    assert person.rows("SELECT name FROM app_user") == [{"name": "Chosen"}]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_no_name_and_too_long_a_name_are_refused(alice: Person, name: str) -> None:
    with pytest.raises(Invalid):
        alice.call(rename, name)


def test_a_name_that_postgresql_cannot_hold_is_cleaned(alice: Person) -> None:
    assert alice.call(rename, "A\x00nn\ud800") == "Ann"


def test_deleting_the_account_removes_its_rows_and_no_others(alice: Person, bob: Person) -> None:
    token, me = signed_in(alice)
    me.add_application()
    his = bob.add_application()
    with pytest.raises(Invalid):
        me.call(delete_account, "yes")
    me.call(delete_account, " Delete ")
    assert find(token) is None
    for table in ("app_user", "application", "event", "user_session", "preferences"):
        assert me.rows(f"SELECT 1 FROM {table}") == []
    assert bob.row("application", his)


def test_a_token_opens_its_session_and_is_stored_nowhere(alice: Person) -> None:
    token, me = signed_in(alice)
    assert me.user.user_id == alice.user.user_id
    stored = bytes(alice.rows("SELECT token_hash FROM user_session")[0]["token_hash"])
    assert token.encode() not in stored
    assert len(stored) == 32


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\x00", "é"])
def test_any_other_token_opens_nothing(alice: Person, token: str) -> None:
    signed_in(alice)
    assert find(token) is None


def test_a_session_lasts_thirty_days_from_its_last_use(alice: Person) -> None:
    token = open_session(alice.user.user_id, "Firefox")
    for days in (29, 58, 87):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert find(token) is not None
    with time_machine.travel(NOW + timedelta(days=87 + 31), tick=False):
        assert find(token) is None


def test_a_session_used_again_within_ten_minutes_writes_nothing(alice: Person) -> None:
    token = open_session(alice.user.user_id, "Firefox")
    before = alice.rows("SELECT xmin::text, seen_at FROM user_session")
    find(token)
    assert alice.rows("SELECT xmin::text, seen_at FROM user_session") == before


def test_a_closed_session_is_closed_at_once_and_may_be_closed_again(alice: Person) -> None:
    token, _ = signed_in(alice)
    end_session(token)
    end_session(token)
    assert find(token) is None


def test_sessions_are_listed_and_revoked_one_by_one(alice: Person, bob: Person) -> None:
    here, me = signed_in(alice, "Firefox on Linux")
    there, _ = signed_in(alice, "Safari on iPhone")
    _, other = signed_in(bob)
    lines = me.call(own_sessions)
    assert sorted((line.browser, line.is_this_one) for line in lines) == [
        ("Firefox on Linux", True), ("Safari on iPhone", False),
    ]  # fmt: skip
    foreign = next(line for line in other.call(own_sessions))
    for row_id in (foreign.id, ABSENT, "nonsense"):
        with pytest.raises(NotFound):
            me.call(revoke, row_id)
    me.call(revoke, next(line.id for line in lines if not line.is_this_one))
    assert find(there) is None
    assert find(here) is not None


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605.1.15", "Safari on macOS"),
        ("curl/8.5.0", "curl/8.5.0"), ("", ""),
    ],
)  # fmt: skip
def test_a_session_names_its_browser_and_its_system(alice: Person, agent: str, words: str) -> None:
    _, me = signed_in(alice, agent)
    (line,) = me.call(own_sessions)
    assert (line.browser, line.agent, line.seen) == (words, agent, "now")


def test_every_other_session_ends_and_this_one_stays(alice: Person, bob: Person) -> None:
    here, me = signed_in(alice)
    there, _ = signed_in(alice)
    his, _ = signed_in(bob)
    assert me.call(revoke_others) == 1
    assert (find(here) is not None, find(there), find(his) is not None) == (True, None, True)


def test_a_newcomer_has_the_usual_preferences() -> None:
    _, me = signed_in(newcomer("dana"))
    assert (me.user.locale, me.user.currency, me.user.weekly_goal, me.user.week_start) == (
        "en-GB",
        "USD",
        5,
        1,
    )


def test_the_local_account_has_no_name_until_it_is_entered() -> None:
    user = load_user(sign_up_local())
    assert user
    assert user.name == ""


def test_a_user_without_a_name_is_asked_until_the_question_is_answered_or_skipped(alice: Person) -> None:
    assert not alice.call(lacks_name)
    nameless, other = newcomer(""), newcomer("")
    assert nameless.call(lacks_name)
    nameless.call(rename, "Nia")
    assert not nameless.call(lacks_name)
    other.call(skip_name)
    assert not other.call(lacks_name)
