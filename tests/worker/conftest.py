"""Fixtures of worker tests: servers of their own, users, workers to start, and a gate for jobs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.generation_requests import LETTER
from tests.support.lying_model import LyingModel, lying_model
from tests.support.paced_model import PacedModel, paced_model
from tests.support.people import Person
from tests.support.worker_processes import Gate, Process, Servers, settings_for
from tracker.launch import embedded
from tracker.services.model import client
from tracker.services.profile.edits import add_bullet
from tracker.settings import settings


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Yield servers for this module alone, named by the settings."""
    with embedded.scratch_folder() as folder:
        started = Servers(folder)
        with settings_for(started):
            yield started
        started.stop()


@pytest.fixture(scope="module")
def database_url(servers: Servers) -> str:
    """Replace the database of all other tests."""
    return servers.postgres.url


@pytest.fixture(scope="module")
def redis_url(servers: Servers) -> str:
    """Replace the Redis of all other tests."""
    return servers.valkey.url


@pytest.fixture
def start(servers: Servers, tmp_path: Path) -> Iterator[Callable[[], Process]]:
    """Return a function that starts workers; end those still running."""
    started: list[Process] = []

    def begin() -> Process:
        started.append(Process(tmp_path / f"worker{len(started)}.log"))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


@pytest.fixture
def gate(servers: Servers) -> Iterator[Gate]:
    """Yield a gate that is closed until the test opens it."""
    shut = Gate(time.monotonic_ns() % 2**31)
    yield shut
    shut.open()


@pytest.fixture
def set_up(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that configures an AI service at a URL, with further settings."""

    def with_service(base: str, **more: str) -> None:
        for name, value in {
            "AI_BASE_URL": base,
            "AI_MODEL": "m",
            "AI_API_KEY": "sk-1",
            **more,
        }.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        client._known_forms.clear()

    yield with_service
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def model(set_up: Callable[..., None]) -> Iterator[PacedModel]:
    with paced_model() as running:
        running.answers = [LETTER]
        set_up(running.base)
        yield running


@pytest.fixture
def liar(set_up: Callable[..., None]) -> Iterator[LyingModel]:
    with lying_model() as running:
        set_up(running.base)
        yield running


@pytest.fixture
def ann(alice: Person) -> Person:
    """Return a user with a bullet to write from."""
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL", "skills": "PostgreSQL"})
    return alice
