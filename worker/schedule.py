"""Schedule of recurring jobs, each enqueued once however many workers run."""

import logging
import threading

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.cron import CronJob, CronScheduler
from rq.exceptions import SchedulerNotFound
from rq.utils import import_attribute
from rq.utils import now as utc_now

from tracker.queue import JOB_TIMEOUT, LONG_JOB_TIMEOUTS, SCHEDULE, SWEEP, WAKE
from tracker.settings import settings

log = logging.getLogger(__name__)
REDIS_TIMEOUT = 5.0
"""Seconds to wait for Redis, and until it is tried again."""
WAKE_INTERVAL = 1.0
"""Seconds between two checks for jobs whose backoff has ended."""


class Schedule(threading.Thread):
    """Thread that enqueues recurring jobs, and ends with its worker."""

    def __init__(self) -> None:
        super().__init__(name="schedule", daemon=True)
        self._stop_requested = threading.Event()
        self._connection = Redis.from_url(settings().redis_url, socket_timeout=REDIS_TIMEOUT)
        self._scheduler = CronScheduler(connection=self._connection)
        for name, (queue, when) in SCHEDULE.items():
            function = import_attribute(name)
            timeout = LONG_JOB_TIMEOUTS.get(name, JOB_TIMEOUT)
            self._scheduler.register(
                function, queue, cron=when, job_timeout=timeout, result_ttl=0, failure_ttl=86400
            )

    def run(self) -> None:
        """Enqueue each job when it is due, until stopped; retries while Redis is unavailable."""
        while not self._stop_requested.is_set():
            try:
                self.tick()
                self.wake()
                delay = min(self._scheduler.calculate_sleep_interval(), WAKE_INTERVAL)
            except RedisError as error:
                log.warning("Redis is unavailable; the schedule waits: %s", error)
                delay = REDIS_TIMEOUT
            self._stop_requested.wait(max(delay, 0.1))

    def tick(self) -> None:
        """Enqueue the jobs that are due and that no other worker's schedule has enqueued."""
        for job in self._scheduler.get_jobs():
            if job.should_run():
                if self._is_first(job):
                    job.enqueue(self._connection)
                job.set_enqueue_time(utc_now())
        self._scheduler.heartbeat()

    def wake(self) -> None:
        """Enqueue a sweep when a job's backoff has ended; only one of several workers does."""
        if self._connection.zremrangebyscore(WAKE, 0, utc_now().timestamp()):
            queue = Queue(SCHEDULE[SWEEP][0], connection=self._connection)
            queue.enqueue(SWEEP, job_timeout=JOB_TIMEOUT, result_ttl=0, failure_ttl=86400)

    def stop(self) -> None:
        """Stop the thread and remove the schedule from Redis if it answers."""
        self._stop_requested.set()
        self.join(REDIS_TIMEOUT)
        try:
            self._scheduler.register_death()
        except SchedulerNotFound:
            log.info("Redis had already lost this schedule")
        except RedisError as error:
            log.warning("Couldn't remove the schedule from Redis, where it expires: %s", error)

    def _is_first(self, job: CronJob) -> bool:
        due = f"pursuit:scheduled:{job.name}:{job.next_enqueue_time:%Y-%m-%dT%H:%MZ}"
        return bool(self._connection.set(due, 1, nx=True, ex=3600))
