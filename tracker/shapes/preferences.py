"""How one person wants Pursuit to count, name and show things."""

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
    "applied": "Applied on",
    "touched": "Last activity",
}
"""The columns of the table of applications that a person may show or hide, in their order."""

SHOWN = ["stage", "score", "next", "location", "salary", "touched"]
"""The columns shown until a person chooses."""

WEEK_STARTS = [("1", "Monday"), ("7", "Sunday"), ("6", "Saturday")]


@dataclass(frozen=True)
class RemindersForm:
    """Which reminders a person wants, where they are mailed, and whether they can be; the local account names its address."""

    day: bool
    hour: bool
    by_mail: bool
    mail_to: str
    can_mail: bool
    is_local: bool


@dataclass(frozen=True)
class PreferencesSheet:
    """The preferences as Settings shows them; `typed` holds each as the text a form starts from."""

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
