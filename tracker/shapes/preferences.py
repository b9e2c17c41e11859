"""Preferences and reminder settings as Settings shows them."""

from dataclasses import dataclass, field

COLUMNS = {
    "stage": "Stage",
    "score": "Score",
    "next": "Next",
    "location": "Location",
    "workplace": "Workplace",
    "salary": "Salary",
    "source": "Source",
    "excitement": "Excitement",
    "tags": "Tags",
    "applied": "Application date",
    "touched": "Last activity",
}
"""Columns of the applications table that can be shown or hidden, in order."""

DEFAULT_COLUMNS = ["stage", "score", "next", "location", "salary", "touched"]
"""Columns shown by default."""

WEEK_STARTS = [("1", "Monday"), ("7", "Sunday"), ("6", "Saturday")]


@dataclass(frozen=True)
class RemindersForm:
    """The reminder settings, with the email address and whether mail can be sent.

    Only the local account (`is_local`) can change the address.
    """

    day: bool
    hour: bool
    by_mail: bool
    mail_to: str
    can_mail: bool
    is_local: bool

    @property
    def typed(self) -> dict[str, str]:
        """The fields that the form shows, as form text."""
        boxes = {"day": self.day, "hour": self.hour} | ({"by_mail": self.by_mail} if self.can_mail else {})
        address = {"mail_to": self.mail_to} if self.can_mail and self.is_local else {}
        return {name: "on" if is_on else "" for name, is_on in boxes.items()} | address


@dataclass(frozen=True)
class PreferencesForm:
    """The preferences as Settings shows them; `typed` holds each as form text."""

    timezone: str
    locale: str
    currency: str
    weekly_goal: int
    week_start: int
    columns: list[str]
    now_there: str
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """The choices in Settings, as values and labels."""

    zones: list[tuple[str, str]]
    currencies: list[tuple[str, str]]
    locales: list[tuple[str, str]]
