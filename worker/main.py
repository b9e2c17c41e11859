"""Workers for all queues, each with a schedule thread; any number may run."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker, worker_registration
from rq.job import Job

import worker.jobs  # noqa: F401 - imported before the fork, so that workers and jobs share its memory
from tracker import logs
from tracker.parent_death import die_with_parent
from tracker.queue import QUEUES, REALIGN, SWEEP
from tracker.settings import settings
from worker.pool import Pool
from worker.schedule import Schedule

log = logging.getLogger(__name__)
RECONNECT_DELAY = 2.0
"""Seconds until a worker that lost its Redis connection starts again."""
HEARTBEAT_TTL = 60
"""Seconds after which an idle worker without a heartbeat counts as dead."""


class ReconnectingWorker(Worker):
    """RQ worker that registers again after Redis lost its data, and records stop requests."""

    max_connection_wait_time = 5.0
    stop_requested = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the current job, then stop."""
        self.stop_requested = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Run the job in its own process, which ends when this worker is killed."""
        die_with_parent()
        super().main_work_horse(job, queue)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """Send a heartbeat, and register again if Redis lost the worker."""
        super().heartbeat(timeout, pipeline)
        if pipeline is None and not self.connection.hexists(self.key, "birth"):
            self.connection.hset(self.key, mapping=self.serialize())
            worker_registration.register(self)


def main(processes: int = 1) -> int:
    """Run `processes` workers until stopped; return the exit status."""
    logs.configure()
    if processes > 1:
        return Pool(processes, serve).run()
    serve()
    return 0


def serve() -> None:
    """Run a worker in this process until stopped."""
    schedule = Schedule()
    schedule.start()
    try:
        while not run_worker():
            time.sleep(RECONNECT_DELAY)
    finally:
        schedule.stop()


def run_worker() -> bool:
    """Run a worker until it is stopped (True) or loses its Redis connection (False)."""
    connection = Redis.from_url(settings().redis_url)
    queues = [Queue(name, connection=connection) for name in QUEUES]
    try:
        rq_worker = ReconnectingWorker(queues, connection=connection, worker_ttl=HEARTBEAT_TTL)
        for name in (SWEEP, REALIGN):
            queues[0].enqueue(name, result_ttl=0, failure_ttl=86400)
    except RedisError as error:
        log.warning("Redis is unavailable; the worker waits: %s", error)
        return False
    try:
        rq_worker.work()
    except RedisError as error:
        log.warning("The worker lost its Redis connection: %s", error)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return rq_worker.stop_requested
