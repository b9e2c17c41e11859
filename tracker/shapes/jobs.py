"""Background jobs as Settings and `tracker doctor` show them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class JobItem:
    """A job in the user's list; `progress` is in percent, 0 unless it is running."""

    id: str
    label: str
    state: str
    state_label: str
    when: str
    exactly: str
    progress: int
    reason: str
    can_retry: bool


@dataclass(frozen=True)
class JobCounts:
    """Numbers of all users' jobs by state; `longest_wait` is the age of the oldest waiting job."""

    waiting: int
    working: int
    failed: int
    longest_wait: timedelta
