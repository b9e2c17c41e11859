"""What waits for the person on every page."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReminderItem:
    """One reminder: of which interview, when it begins, where its page is, and the address to join it at, if it has one."""

    key: str
    interview_id: str
    title: str
    when: str
    address: str
    link: str


@dataclass(frozen=True)
class Waiting:
    """How many things are due by today, the reminders to show, and in how many seconds time alone will change either."""

    due: int
    changes_in: int
    reminders: list[ReminderItem] = field(default_factory=list)
