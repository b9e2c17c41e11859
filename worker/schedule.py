"""The schedule: what runs by itself, put on its queue once, however many workers keep the time."""

import logging
import threading

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.cron import CronJob, CronScheduler
from rq.exceptions import SchedulerNotFound
from rq.utils import import_attribute
from rq.utils import now as utc_now

from tracker.queue import LONGER, LONGEST, SCHEDULE, SWEEP, WAKE
from tracker.settings import settings

log = logging.getLogger(__name__)
PATIENCE = 5.0
"""Seconds until a Redis that was away is asked again."""
LOOKS = 1.0
"""Seconds between two looks at whether a job has rested long enough."""


class Schedule(threading.Thread):
    """Keeps the time in a thread beside the worker, so that it ends with it."""

    def __init__(self) -> None:
        super().__init__(name="schedule", daemon=True)
        self._stop_asked = threading.Event()
        self._connection = Redis.from_url(settings().redis_url, socket_timeout=PATIENCE)
        self._scheduler = CronScheduler(connection=self._connection)
        for name, (queue, when) in SCHEDULE.items():
            verb = import_attribute(name)
            longest = LONGER.get(name, LONGEST)
            self._scheduler.register(
                verb, queue, cron=when, job_timeout=longest, result_ttl=0, failure_ttl=86400
            )

    def run(self) -> None:
        """Put each job on its queue when its time comes, until asked to stop; Redis may go and come."""
        while not self._stop_asked.is_set():
            try:
                self.tick()
                self.wake()
                rest = min(self._scheduler.calculate_sleep_interval(), LOOKS)
            except RedisError as error:
                log.warning("The schedule waits for Redis: %s", error)
                rest = PATIENCE
            self._stop_asked.wait(max(rest, 0.1))

    def tick(self) -> None:
        """Put on its queue what is due and no other worker's schedule has put there already."""
        for job in self._scheduler.get_jobs():
            if job.should_run():
                if self._is_first(job):
                    job.enqueue(self._connection)
                job.set_enqueue_time(utc_now())
        self._scheduler.heartbeat()

    def wake(self) -> None:
        """Have a sweep send for what has rested long enough; of many workers' schedules one finds it."""
        if self._connection.zremrangebyscore(WAKE, 0, utc_now().timestamp()):
            queue = Queue(SCHEDULE[SWEEP][0], connection=self._connection)
            queue.enqueue(SWEEP, job_timeout=LONGEST, result_ttl=0, failure_ttl=86400)

    def stop(self) -> None:
        """End at once, and take the schedule off Redis's list when it answers."""
        self._stop_asked.set()
        self.join(PATIENCE)
        try:
            self._scheduler.register_death()
        except SchedulerNotFound:
            log.info("Redis had lost this schedule already")
        except RedisError as error:
            log.warning("Redis will forget this schedule by itself: %s", error)

    def _is_first(self, job: CronJob) -> bool:
        due = f"pursuit:scheduled:{job.name}:{job.next_enqueue_time:%Y-%m-%dT%H:%MZ}"
        return bool(self._connection.set(due, 1, nx=True, ex=3600))
