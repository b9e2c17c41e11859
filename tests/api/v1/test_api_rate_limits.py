"""Limits of requests: by token, by address, and what an answer says of them."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.support.api_client import program
from tests.support.people import Person
from tracker import cache
from tracker.api import rate_limits
from tracker.settings import settings


@pytest.fixture(autouse=True)
def three_a_minute(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Iterator[None]:
    monkeypatch.setenv("API_REQUESTS_A_MINUTE", "3")
    settings.cache_clear()
    with time_machine.travel("2026-11-03T10:00:05+00:00", tick=False):
        yield
    monkeypatch.undo()
    settings.cache_clear()


def test_a_token_has_an_allowance_that_resets(alice: Person) -> None:
    client = program(alice)
    responses = [client.get("/me") for _ in range(4)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429]
    assert [response.headers["ratelimit"] for response in responses[:3]] == [
        f'"default";r={left};t=55' for left in (2, 1, 0)
    ]
    refusal = responses[3]
    assert refusal.headers["ratelimit-policy"] == '"default";q=3;w=60'
    assert refusal.headers["retry-after"] == "55"
    assert refusal.json()["type"] == "urn:pursuit:problem:too-many-requests"
    with time_machine.travel("2026-11-03T10:01:00+00:00", tick=False):
        assert client.get("/me").status_code == 200


def test_another_token_has_its_own_until_the_addresss_is_used_up(alice: Person, bob: Person) -> None:
    mine, theirs = program(alice), program(bob)
    assert [mine.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [theirs.get("/me").status_code for _ in range(3)] == [200, 200, 429]


def test_guessed_tokens_count_against_their_address(alice: Person) -> None:
    statuses = [
        program(None).get("/me", headers={"Authorization": f"Bearer {number}"}).status_code
        for number in range(7)
    ]
    assert statuses == [401] * 6 + [429]


def test_without_redis_requests_are_served(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = program(alice)
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    settings.cache_clear()
    monkeypatch.setattr(rate_limits, "valkey", cache.valkey.__wrapped__)
    assert {client.get("/me").status_code for _ in range(5)} == {200}
