"""Runs one worker over all queues, and beside it the schedule."""

import logging
import multiprocessing

from redis import Redis
from rq import Queue, Worker
from rq.cron import CronScheduler
from rq.utils import import_attribute

from tracker.queue import QUEUES, SCHEDULE
from tracker.settings import settings


def main() -> None:
    """Serve the queues until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    schedule = multiprocessing.get_context("spawn").Process(target=keep_schedule, daemon=True)
    schedule.start()
    try:
        connection = Redis.from_url(settings().redis_url)
        Worker([Queue(name, connection=connection) for name in QUEUES], connection=connection).work()
    finally:
        schedule.terminate()


def keep_schedule() -> None:
    """Put each scheduled job on its queue when its time comes; the jobs bear being run twice."""
    scheduler = CronScheduler(connection=Redis.from_url(settings().redis_url))
    for job, (queue, when) in SCHEDULE.items():
        scheduler.register(import_attribute(job), queue, cron=when)
    scheduler.start()
