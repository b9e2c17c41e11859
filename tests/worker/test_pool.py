"""Forked workers restart when they are killed, and end with their parent."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.support.supervised import wait_until
from tracker.settings import CHECKOUT

POOL = """
import os, signal, sys, time
from worker import pool
pool.PAUSE = 0.01
def serve():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.write(1, b"!")
    {serve}
sys.exit(pool.Pool(2, serve).run())
"""


def test_a_killed_worker_is_forked_again() -> None:
    with pool() as parent:
        first, second = workers(parent)
        first.kill()
        wait_until(lambda: len(workers(parent)) == 2 and first not in workers(parent))
        assert second in workers(parent)


def test_workers_die_with_a_killed_pool() -> None:
    with pool() as parent:
        forked = workers(parent)
        parent.kill()
        wait_until(lambda: not any(worker.is_running() for worker in forked))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_workers(number: signal.Signals) -> None:
    with pool() as parent:
        forked = workers(parent)
        parent.send_signal(number)
        assert parent.wait(30) == 0
        assert not any(worker.is_running() for worker in forked)


def test_a_worker_that_fails_by_itself_ends_the_pool() -> None:
    script = POOL.format(serve="sys.exit(3)")
    assert subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, check=False).returncode == 3


@contextmanager
def pool() -> Iterator[psutil.Popen]:
    """Yield a pool of two idle workers."""
    script = POOL.format(serve="time.sleep(60)")
    with psutil.Popen([sys.executable, "-c", script], cwd=CHECKOUT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout.read(2) == b"!!"
        yield parent
        if parent.is_running():
            parent.terminate()


def workers(parent: psutil.Popen) -> list[psutil.Process]:
    """Return the running workers of a pool."""
    return [child for child in parent.children() if child.status() != psutil.STATUS_ZOMBIE]
