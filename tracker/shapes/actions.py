"""Actions: what to do next, as pages show it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NextAction:
    """An action: what to do about an application or interview, why now, and what its button does.

    `about` identifies the occurrence (a date, an interview or a field): a snoozed or dismissed action returns with a new one.
    `address` is the page where it is done.
    """

    id: str
    kind: str
    label: str
    about: str
    application_id: str
    interview_id: str
    company: str
    role: str
    subject: str
    mark: str
    tint: str
    when: str
    exact: str
    why: str
    period: str
    is_late: bool
    address: str
    mail: str = ""
    posting_url: str = ""
    outcome: str = ""
    """The outcome with which its button closes the application."""


@dataclass(frozen=True)
class ActionGroup:
    """A section of actions: their number, the first of them, and whether there are more.

    `bulk` is the label of the button that completes all due actions of the kind; empty for one alone.
    """

    name: str
    label: str
    count: int
    note: str = ""
    bulk: str = ""
    first: list[NextAction] = field(default_factory=list)
    has_more: bool = False
