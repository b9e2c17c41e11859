"""Cookies that tie sign-in attempts to one browser."""

from starlette.testclient import TestClient

from tests.support.sign_in_steps import HOME, is_refused, start
from tests.support.strict_provider import Visitor
from tracker.services.sign_in import MAX_ATTEMPTS


def test_no_cookie_that_was_planted_is_taken_over(ours: TestClient) -> None:
    first = start(ours)
    planted = {name: value for name, value in ours.cookies.items() if "attempt" in name}
    second = start(ours)
    issued = {name: value for name, value in ours.cookies.items() if "attempt" in name}
    assert len(set(issued.values()) - set(planted.values())) == 1
    ours.cookies.clear()
    ours.cookies.update(planted)
    assert is_refused(ours, Visitor("alice").sign_in(second, HOME), "stale")
    ours.cookies.update(planted)
    assert ours.get(Visitor("alice").sign_in(first, HOME)).headers["location"] == "/applications?view=board"


def test_the_cookie_of_an_attempt_is_deleted_with_it_and_many_fit_a_request(ours: TestClient) -> None:
    addresses = [start(ours) for _ in range(20)]
    assert len(ours.cookies) == MAX_ATTEMPTS
    ours.get(Visitor("alice").sign_in(addresses[-1], HOME))
    assert len([name for name in ours.cookies if "attempt" in name]) == MAX_ATTEMPTS - 1
