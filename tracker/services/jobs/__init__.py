"""Background jobs: requests, attempts, sweeps and the list of recent jobs."""

from tracker.services.jobs.job_requests import request, request_for_day, retry
from tracker.services.jobs.recent_jobs import recent

__all__ = ["recent", "request", "request_for_day", "retry"]
