"""Rate limits by fixed windows of a minute, counted in Redis for all processes together."""

import hashlib
import logging
import time
from dataclasses import dataclass

import redis

from tracker.cache import valkey

WINDOW = 60
"""Length of a window, in seconds."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """A limit of requests in a window, how many have been counted, and the seconds until it resets."""

    limit: int
    count: int
    reset: int

    @property
    def remaining(self) -> int:
        """The requests that are left in this window."""
        return max(0, self.limit - self.count)

    @property
    def is_exceeded(self) -> bool:
        """True if this request is beyond the limit."""
        return self.count > self.limit


def count(limits: dict[str, int]) -> dict[str, Allowance]:
    """Count a request against each limit by its key, in one round trip, and return the allowances.

    While Redis is unavailable nothing is counted: requests that need it fail by themselves.
    """
    now = int(time.time())
    window, reset = now // WINDOW, WINDOW - now % WINDOW
    try:
        with valkey().pipeline() as pipe:
            for key in limits:
                name = f"rate:{hashlib.sha256(key.encode()).hexdigest()[:32]}:{window}"
                pipe.incr(name)
                pipe.expire(name, 2 * WINDOW)
            counts = pipe.execute()[::2]
    except redis.RedisError:
        log.warning("Redis is unavailable: requests aren't limited")
        counts = [0] * len(limits)
    return {
        key: Allowance(limit, int(number), reset)
        for (key, limit), number in zip(limits.items(), counts, strict=True)
    }


def until_reset() -> str:
    """Return the seconds until the window ends, as a Retry-After value."""
    return str(WINDOW - int(time.time()) % WINDOW)
