"""Complete Pursuit as `tracker up` starts it, with a user who writes all the time."""

from collections.abc import Iterator

import pytest

from tests.support.installation import Installation, installed, steady_writing
from tests.support.steady_writer import Writer
from tracker.launch import embedded


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    """Yield one installation for all tests of the module."""
    with embedded.scratch_folder() as folder, installed(folder) as installation:
        yield installation


@pytest.fixture
def writer(running: Installation) -> Iterator[Writer]:
    """Yield a user who writes meanwhile."""
    with steady_writing(running) as busy:
        yield busy
