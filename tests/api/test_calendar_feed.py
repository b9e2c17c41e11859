"""The calendar feed over HTTP: its secret address, its versions and its limits."""

from datetime import timedelta

import pytest
import time_machine
import vobject
from starlette.testclient import TestClient

from tests.support.people import Person
from tracker.api import calendar_files
from tracker.api.edge import edge
from tracker.api.routes import routes
from tracker.cache import valkey
from tracker.cookies import cookie_name
from tracker.services import audit, sessions
from tracker.services.calendar_files import feeds
from tracker.services.interviews.scheduling import schedule
from tracker.settings import settings

EVERYTHING = dict.fromkeys(feeds.PARTS, "on")


@pytest.fixture
def anonymous(redis_url: str, database_url: str) -> TestClient:
    """Return a client without a session, which hasn't sent a request in this minute."""
    for key in valkey().scan_iter("rate:*"):
        valkey().delete(key)
    return TestClient(edge(lambda name: False)(routes()), base_url="http://127.0.0.1:8000")


@pytest.fixture
def path(alice: Person) -> str:
    """Return the path of Alice's feed, which has one interview."""
    alice.call(schedule, alice.add_application("Kestrel Labs"), {"starts_at": "2100-11-05T14:30"})
    return path_of(alice)


def path_of(person: Person, typed: dict[str, str] = EVERYTHING) -> str:
    return person.call(feeds.create, typed).web.removeprefix(settings().origin)


def test_a_calendar_without_a_session_reads_the_feed(anonymous: TestClient, path: str) -> None:
    response = anonymous.get(path)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert vobject.readOne(response.text).vevent.summary.value == "Interview: Engineer at Kestrel Labs"
    assert response.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in response.headers
    head = anonymous.head(path)
    assert (head.status_code, head.headers["etag"]) == (200, response.headers["etag"])


def test_an_unchanged_feed_is_not_sent_again(anonymous: TestClient, alice: Person, path: str) -> None:
    tag = anonymous.get(path).headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        unchanged = anonymous.get(path, headers={"If-None-Match": sent})
        assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", tag)
    alice.call(schedule, alice.add_application("Linear"), {"starts_at": "2100-11-06T14:30"})
    changed = anonymous.get(path, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_the_address_is_stored_as_a_hash_only(alice: Person, path: str) -> None:
    [row] = alice.rows("SELECT t::text AS text FROM calendar_feed t")
    token = path.removeprefix("/api/feeds/").removesuffix(".ics")
    assert len(token) == 43
    assert token not in row["text"]
    assert sessions.token_hash(token) in row["text"]


def test_a_replaced_or_ended_address_stops_working(anonymous: TestClient, alice: Person, path: str) -> None:
    replacement = path_of(alice)
    assert anonymous.get(path).status_code == 404
    assert anonymous.get(replacement).status_code == 200
    alice.call(feeds.end)
    assert anonymous.get(replacement).status_code == 404
    assert [item.description for item in alice.call(audit.own_history)] == [
        "Calendar feed ended",
        "Calendar feed replaced; its previous address no longer works",
        "Calendar feed created",
    ]


@pytest.mark.parametrize("token", ["x" * 43, "x", "", "x" * 5000, "%2e%2e", "é" * 43, "' OR 1=1 --"])
def test_every_unknown_address_gets_the_same_answer(anonymous: TestClient, path: str, token: str) -> None:
    unknown, answer = anonymous.get("/api/nothing-here"), anonymous.get(f"/api/feeds/{token}.ics")
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert answer.status_code == 404


def test_a_feed_shows_nothing_of_another_user_and_a_cookie_changes_nothing(
    anonymous: TestClient, alice: Person, bob: Person, path: str
) -> None:
    bob.call(schedule, bob.add_application("Bobcorp"), {"starts_at": "2100-11-05T14:30"})
    anonymous.cookies.set(cookie_name(), sessions.open_session(bob.user.user_id, "a test"))
    assert "Bobcorp" not in anonymous.get(path).text
    assert "Kestrel Labs" in anonymous.get(path).text
    assert "Kestrel" not in anonymous.get(path_of(bob)).text


def test_the_feed_of_a_deleted_account_is_gone(anonymous: TestClient, alice: Person, path: str) -> None:
    alice.rows("DELETE FROM app_user WHERE id = :me RETURNING 1", me=alice.user.user_id)
    assert anonymous.get(path).status_code == 404


def test_a_user_who_may_no_longer_sign_in_has_no_feed(
    anonymous: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGN_IN_ALLOW", "bob@example.com")
    settings.cache_clear()
    try:
        assert anonymous.get(path).status_code == 404
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_the_last_fetch_is_noted_once_an_hour(
    anonymous: TestClient, alice: Person, clock: time_machine.Traveller
) -> None:
    path = path_of(alice)
    assert alice.call(feeds.read).fetched == ""
    anonymous.get(path)
    first = alice.rows("SELECT fetched_at FROM calendar_feed")
    clock.shift(timedelta(minutes=50))
    anonymous.get(path)
    assert alice.rows("SELECT fetched_at FROM calendar_feed") == first
    clock.shift(timedelta(minutes=20))
    anonymous.get(path)
    assert alice.rows("SELECT fetched_at FROM calendar_feed") != first


def test_too_many_requests_of_a_network_are_refused(anonymous: TestClient, path: str) -> None:
    answers = [anonymous.get(path) for _ in range(calendar_files.FETCHES_A_MINUTE + 2)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60


def test_the_parts_of_a_feed_are_changed_without_a_new_address(
    anonymous: TestClient, alice: Person, path: str
) -> None:
    alice.call(feeds.save, {"deadlines": "on"})
    assert alice.call(feeds.read).typed == {
        "interviews": "", "deadlines": "on", "follow_ups": "", "reminders": "",
    }  # fmt: skip
    assert "VEVENT" not in anonymous.get(path).text


def test_interviews_are_downloaded_by_their_own_user_alone(
    anonymous: TestClient, alice: Person, bob: Person, path: str
) -> None:
    row_id = alice.rows("SELECT id FROM interview")[0]["id"]
    names = {f"/interviews/{row_id}.ics": "interview.ics", "/interviews/upcoming.ics": "interviews.ics"}
    for address, name in names.items():
        assert anonymous.get(address).status_code == 401
        cookie = {"Cookie": f"{cookie_name()}={sessions.open_session(alice.user.user_id, 'a test')}"}
        download = anonymous.get(address, headers=cookie)
        assert download.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert vobject.readOne(download.text).vevent.uid.value == f"interview-{row_id}@pursuit"
    cookie = {"Cookie": f"{cookie_name()}={sessions.open_session(bob.user.user_id, 'a test')}"}
    assert anonymous.get(f"/interviews/{row_id}.ics", headers=cookie).status_code == 404
    assert "VEVENT" not in anonymous.get("/interviews/upcoming.ics", headers=cookie).text
