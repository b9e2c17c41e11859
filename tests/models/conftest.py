"""Frozen time for these tests."""

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _standing(clock: time_machine.Traveller) -> None:
    """Let no test of this folder see the real time."""
