"""What to do next, as pages show it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NextAction:
    """One thing to do: what, about which application, why now, and what its button does.

    `about` names the occasion (a date, an interview, a fact): what is set aside returns when there is a new one. `address` is
    where it is done.
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
    is_late: bool
    address: str
    mail: str = ""


@dataclass(frozen=True)
class ActionGroup:
    """What falls in one stretch of time: how many, and the first ten."""

    name: str
    label: str
    count: int
    first: list[NextAction] = field(default_factory=list)
    more: str = ""
