"""Problems that keep Pursuit from serving, as messages."""

import pytest

from tracker import disk
from tracker.services import health
from tracker.settings import settings


def test_health_names_a_full_disk(database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.problems() == []
    monkeypatch.setattr(disk, "free_mb", lambda folder: 3)
    settings.cache_clear()
    assert health.problems() == ["The disk is full: nothing can be saved until space is freed."]
