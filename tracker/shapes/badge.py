"""The badge and the reminders shown on every page."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReminderItem:
    """A reminder: its interview, when it starts, its page, and the link to join, if any."""

    key: str
    interview_id: str
    title: str
    when: str
    address: str
    link: str


@dataclass(frozen=True)
class BadgeAndReminders:
    """The number of due actions, the reminders, and the seconds until either changes by time alone."""

    due: int
    changes_in: int
    reminders: list[ReminderItem] = field(default_factory=list)
