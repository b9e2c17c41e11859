"""Pool of forked worker processes, which share the memory of imported modules."""

import gc
import logging
import signal
import time
from collections.abc import Callable
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from types import FrameType

from tracker.parent_death import die_with_parent

RESTART_DELAY = 1.0
"""Seconds until a dead worker is replaced."""
log = logging.getLogger(__name__)
_fork = get_context("fork")


class Pool:
    """Processes that run `serve`; a killed process is replaced.

    The parent must have no threads and no open connections, which a fork can't share safely.
    """

    def __init__(self, number: int, serve: Callable[[], None]) -> None:
        self._number, self._serve = number, serve
        self._workers: list[BaseProcess] = []
        self._is_stopping = False

    def run(self) -> int:
        """Keep the workers running until a signal; return 0, or the status of one that failed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.freeze()  # A collection in a worker would write to shared memory pages.
        status = 0
        self._fill()
        while self._workers:
            connection.wait([worker.sentinel for worker in self._workers])
            status = self._remove_ended() or status
            if not self._is_stopping:
                time.sleep(RESTART_DELAY)
                self._fill()
        return status

    def _fill(self) -> None:
        while len(self._workers) < self._number and not self._is_stopping:
            worker = _fork.Process(target=self._begin)
            worker.start()
            self._workers.append(worker)
            if self._is_stopping:  # Stopped between the fork and the append.
                worker.terminate()

    def _begin(self) -> None:
        """Run `serve` in the forked process, with default signal handlers and its parent's lifetime."""
        die_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._serve()

    def _remove_ended(self) -> int:
        """Remove workers that ended; a failed one stops the others and its exit status is returned."""
        ended = [worker for worker in self._workers if not worker.is_alive()]
        self._workers = [worker for worker in self._workers if worker not in ended]
        failed = [worker.exitcode for worker in ended if worker.exitcode and worker.exitcode > 0]
        if not self._is_stopping:
            for worker in ended:
                log.warning("Worker %s ended with exit status %s", worker.pid, worker.exitcode)
            if failed:
                self._stop()
        return failed[0] or 0 if failed else 0

    def _stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        self._is_stopping = True
        for worker in self._workers:
            worker.terminate()
