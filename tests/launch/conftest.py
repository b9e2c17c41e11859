"""Installations to start, inspect and stop, each in a temporary folder."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.supervised import Installation
from tracker.launch import embedded


@pytest.fixture
def folder() -> Iterator[Path]:
    with embedded.scratch_folder() as scratch:
        yield scratch


@pytest.fixture(scope="session")
def used() -> Iterator[Path]:
    """Return a data folder with a cluster to copy, since creating one takes a second."""
    with embedded.scratch_folder() as scratch:
        embedded.start_postgres(scratch).stop()
        yield scratch


@pytest.fixture
def install(used: Path, folder: Path) -> Iterator[Callable[..., Installation]]:
    """Return a function that starts installations over `folder`; end those still running."""
    subprocess.run(["cp", "-a", f"{used}/.", f"{folder}/"], check=True)
    started: list[Installation] = []

    def start(kind: str = "good", port: int = 0) -> Installation:
        started.append(Installation(folder, port or embedded.free_port(), kind))
        return started[-1]

    yield start
    for installation in started:
        if installation.process.poll() is None:
            installation.end(signal.SIGTERM)
