"""Fixtures of the API's tests."""

import pytest

from tracker.cache import valkey


@pytest.fixture(autouse=True)
def full_allowances(redis_url: str) -> None:
    """Give each test the whole allowance of a minute, since all of them come from one address."""
    for key in valkey().scan_iter("rate:*"):
        valkey().delete(key)
