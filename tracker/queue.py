"""The queues and the jobs, each named by a dotted string, so that asking for work needs none of the worker's code."""

QUEUES = ("now", "default", "nightly")
"""In the order a worker serves them: what a person waits for comes first."""

PURGE = "worker.jobs.purge"
"""Forget for good what was deleted thirty days ago, and sessions that have ended."""

SCHEDULE = {PURGE: ("nightly", "17 3 * * *")}
"""What runs by itself: job, queue, and when, as a cron expression in UTC."""
