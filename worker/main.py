"""Workers over all queues, each with the schedule beside it; any number may run."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker, worker_registration
from rq.job import Job

import worker.jobs  # noqa: F401 - imported before workers and their jobs are forked, which share its memory
from tracker import logs
from tracker.launch.parent_death import die_with_parent
from tracker.queue import QUEUES, REALIGN, SWEEP
from tracker.settings import settings
from worker.pool import Pool
from worker.schedule import Schedule

log = logging.getLogger(__name__)
PATIENCE = 2.0
"""Seconds until a worker that lost Redis begins anew."""
SIGN_OF_LIFE = 60
"""Seconds within which an idle worker shows that it lives."""


class Steady(Worker):
    """RQ's worker, known again after Redis has lost everything, and aware of being told to stop."""

    max_connection_wait_time = 5.0
    told_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job at hand, then stop."""
        self.told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Do the job in its own process, which ends when this worker is killed."""
        die_with_parent()
        super().main_work_horse(job, queue)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """Show that this worker lives, under all that is known of it, which Redis may have lost."""
        super().heartbeat(timeout, pipeline)
        if pipeline is None and not self.connection.hexists(self.key, "birth"):
            self.connection.hset(self.key, mapping=self.serialize())
            worker_registration.register(self)


def main(processes: int = 1) -> int:
    """Serve the queues in so many processes until told to stop; return the exit status."""
    logs.configure()
    if processes > 1:
        return Pool(processes, serve).run()
    serve()
    return 0


def serve() -> None:
    """Serve the queues in this process until told to stop."""
    schedule = Schedule()
    schedule.start()
    try:
        while not served():
            time.sleep(PATIENCE)
    finally:
        schedule.stop()


def served() -> bool:
    """Work until told to stop, which is True, or until Redis has been lost in the middle of something."""
    connection = Redis.from_url(settings().redis_url)
    queues = [Queue(name, connection=connection) for name in QUEUES]
    try:
        one = Steady(queues, connection=connection, worker_ttl=SIGN_OF_LIFE)
        for name in (SWEEP, REALIGN):
            queues[0].enqueue(name, result_ttl=0, failure_ttl=86400)
    except RedisError as error:
        log.warning("The worker waits for Redis: %s", error)
        return False
    try:
        one.work()
    except RedisError as error:
        log.warning("The worker lost Redis: %s", error)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return one.told_to_stop
