"""The background work as Settings and `tracker doctor` show it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class JobLine:
    """One job of the person's, in words; `progress` is in per cent and told only while it is worked on."""

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
class Standing:
    """All people's jobs: how many wait, are worked on and have failed, and for how long the first has waited."""

    waiting: int
    working: int
    failed: int
    waited: timedelta
