"""Entries of calendar files, and the calendar feed as Settings shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class CalendarEntry:
    """An entry of a calendar file: from one instant to another, or on a whole day.

    `revision` and `changed_at` grow with each change, so that calendars replace their copy. `alarms` are relative to the
    start; a day starts at midnight.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    created_at: datetime
    changed_at: datetime
    revision: int
    url: str
    place: str = ""
    description: str = ""
    is_cancelled: bool = False
    alarms: tuple[timedelta, ...] = ()


@dataclass(frozen=True)
class FeedContents:
    """The parts of a calendar feed."""

    interviews: bool = True
    deadlines: bool = True
    follow_ups: bool = True
    reminders: bool = True


@dataclass(frozen=True)
class FeedForm:
    """The calendar feed in Settings; `typed` holds `on` for each part it contains.

    `created` and `fetched` are times in words, empty without a feed and before the first calendar reads it.
    """

    is_active: bool
    created: str
    fetched: str
    typed: dict[str, str]


@dataclass(frozen=True)
class FeedAddress:
    """The secret address of a feed, shown once: as a web address, and as one that calendars open."""

    web: str
    subscribe: str


@dataclass(frozen=True)
class FeedPage:
    """The feed after an action, with its address if it has a new one."""

    form: FeedForm
    address: FeedAddress | None = None
