"""Jobs: asked for, carried, claimed, done or failed, sent again, and listed."""

from tracker.services.jobs.asking import request, request_for_day, retry
from tracker.services.jobs.listing import recent

__all__ = ["recent", "request", "request_for_day", "retry"]
