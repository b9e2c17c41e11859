"""Processes killed and frozen and Valkey emptied while a user writes: no acknowledged row is lost."""

import os
import time

import psutil
import pytest

from tests.support.installation import Installation
from tests.support.steady_writer import Writer
from tracker.cache import valkey

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "1"))
PARTS = ("postgres", "valkey", "worker", "web")


@pytest.mark.parametrize("part", PARTS * ROUNDS)
def test_a_killed_program_restarts(running: Installation, writer: Writer, part: str) -> None:
    assert writer.writes_again()
    before = running.child(part)
    family = [before, *before.children(recursive=True)]
    before.kill()
    running.wait_until(lambda: is_replaced(running, part, before))
    running.wait_until(lambda: running.is_ready)
    running.wait_until(writer.writes_again)
    running.wait_until(lambda: not any(is_running_process(process) for process in family))


@pytest.mark.parametrize("part", ("postgres", "valkey") * ROUNDS)
def test_a_frozen_server_delays_and_loses_nothing(running: Installation, writer: Writer, part: str) -> None:
    assert writer.writes_again()
    leader = running.child(part)
    family = [leader, *leader.children(recursive=True)]
    for process in family:
        process.suspend()
    running.wait_until(lambda: not running.is_ready)
    for process in family:
        process.resume()
    running.wait_until(lambda: running.is_ready)
    running.wait_until(writer.writes_again)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_an_emptied_valkey_costs_nothing_of_anyones(running: Installation, writer: Writer, _: int) -> None:
    assert writer.writes_again()
    valkey().flushall()
    running.wait_until(writer.writes_again)
    running.wait_until(lambda: running.is_ready)


def is_running_process(process: psutil.Process) -> bool:
    """Return whether a process still runs; zombies don't count."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def is_replaced(running: Installation, part: str, before: psutil.Process) -> bool:
    """Return whether another process leads this part."""
    try:
        return running.child(part).pid != before.pid
    except (OSError, ValueError, psutil.Error):
        time.sleep(0.1)
        return False
