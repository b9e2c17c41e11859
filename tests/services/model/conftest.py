"""Pursuit configured with an AI service of the test."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.lying_model import LyingModel, lying_model
from tests.support.model_key import KEY
from tracker.services.model import client
from tracker.settings import settings


@pytest.fixture(autouse=True)
def _standing() -> None:
    """Let the clock run: these tests wait for time-outs."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return a function that configures an address, with a key and a model."""

    def point(base: str, key: str = KEY, model: str = "gpt-4o") -> None:
        for name, value in (("AI_BASE_URL", base), ("AI_API_KEY", key), ("AI_MODEL", model)):
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        client._known_forms.clear()

    yield point
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def liar(at: Callable[[str], None]) -> Iterator[LyingModel]:
    """Yield a lying server, configured as the AI service."""
    with lying_model() as model:
        at(model.base)
        yield model
