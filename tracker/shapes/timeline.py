"""The event log as pages show it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """An event as a sentence; `subject` is its application, except on that application's page."""

    id: str
    sentence: str
    at: str
    door: str = ""
    was_undone: bool = False
    application_id: str = ""
    subject: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Day:
    """The entries of one day, the latest first."""

    label: str
    lines: list[Entry] = field(default_factory=list)
