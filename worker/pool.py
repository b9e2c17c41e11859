"""Several workers in processes that share the memory of what was imported before they were forked."""

import gc
import logging
import signal
import time
from collections.abc import Callable
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from types import FrameType

from tracker.launch.parent_death import die_with_parent

PAUSE = 1.0
"""Seconds until a killed worker is forked again."""
log = logging.getLogger(__name__)
_fork = get_context("fork")


class Pool:
    """Processes that run `serve`, each forked again when it is killed.

    The process that forks must not have started a thread or opened a connection, which a fork can't share safely.
    """

    def __init__(self, number: int, serve: Callable[[], None]) -> None:
        self._number, self._serve = number, serve
        self._workers: list[BaseProcess] = []
        self._is_stopping = False

    def run(self) -> int:
        """Keep the workers running until a signal ends them; return 0, or the status of one that fails."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.freeze()  # a collection in a worker would write to the pages that all share
        status = 0
        self._fill()
        while self._workers:
            connection.wait([worker.sentinel for worker in self._workers])
            status = self._bury() or status
            if not self._is_stopping:
                time.sleep(PAUSE)
                self._fill()
        return status

    def _fill(self) -> None:
        while len(self._workers) < self._number and not self._is_stopping:
            worker = _fork.Process(target=self._begin)
            worker.start()
            self._workers.append(worker)
            if self._is_stopping:  # told so between the fork and the line above
                worker.terminate()

    def _begin(self) -> None:
        """Serve in the forked process, which ends with its parent and has a new process's signals."""
        die_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._serve()

    def _bury(self) -> int:
        """Forget the workers that ended; return the exit status of one that failed, which stops the others."""
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
