"""Applications as lists, boards and their own page show them."""

from dataclasses import dataclass, field

from tracker.shapes.timeline import Day


@dataclass(frozen=True)
class PossibleDuplicate:
    """An application that may be the same job as one about to be added."""

    id: str
    name: str
    standing: str


@dataclass(frozen=True)
class Card:
    """An application in a list or on the board: everything in words, ready to show."""

    id: str
    company: str
    role: str
    mark: str
    tint: str
    stage: str
    stage_label: str
    outcome: str
    standing: str
    location: str
    workplace: str
    salary: str
    pay: str
    source: str
    excitement: int
    score: int
    tags: list[str]
    applied: str
    applied_exact: str
    deadline: str
    deadline_exact: str
    is_late: bool
    follow_up: str
    is_due: bool
    interview: str
    touched: str
    facts: str


@dataclass(frozen=True)
class BoardCard:
    """An application on the board, which shows three hundred at once: no more than a card there has on it."""

    id: str
    company: str
    role: str
    mark: str
    tint: str
    outcome: str
    facts: str
    score: int
    next: str
    next_exact: str
    has_interview: bool
    is_late: bool
    touched: str


@dataclass(frozen=True)
class ApplicationPage:
    """One page of a list: `after` continues it, and is empty on the last page."""

    cards: list[Card]
    after: str = ""
    is_similar: bool = False


@dataclass(frozen=True)
class Column:
    """One stage of the board: its first cards, how many there are, and whether more can be shown.

    Without a stage it is a column that the filters leave out.
    """

    stage: str = ""
    label: str = ""
    count: int = 0
    cards: list[BoardCard] = field(default_factory=list)
    has_more: bool = False

    def __bool__(self) -> bool:
        """Whether the board shows it."""
        return self.stage != ""

    def __hash__(self) -> int:
        """A number that is another, in one process, where anything in it is."""
        return hash((self.stage, self.label, self.count, tuple(self.cards), self.has_more))


@dataclass(frozen=True)
class Fact:
    """One fact of an application that can be edited in place; `raw` is the text a form would hold."""

    name: str
    label: str
    shown: str
    raw: str
    kind: str = "text"
    choices: list[tuple[str, str]] = field(default_factory=list)
    link: str = ""


@dataclass(frozen=True)
class ApplicationDetail:
    """Everything an application's own page shows."""

    id: str
    company: str
    role: str
    mark: str
    tint: str
    stage: str
    stage_label: str
    outcome: str
    standing: str
    since: str
    added: str
    excitement: int
    score: int
    tags: list[str]
    facts: list[Fact]
    posting_url: str
    posting_text: str
    notes: str
    notes_html: str
    follow_ups: int
    next_step: str
    is_deleted: bool = False
    days: list[Day] = field(default_factory=list)


@dataclass(frozen=True)
class Clash:
    """Two texts of one field: what the person typed, and what the field was changed to meanwhile."""

    id: str
    """New for each conflict, so that the texts of an earlier one are never kept on top of a newer one."""
    field: str
    label: str
    mine: str
    theirs: str
    name: str
    """What the field is called in its editor's form."""
    was: str
    """What its editor would hold as the text it was begun on, were it opened now."""
    choices: list[tuple[str, str]]
    """What it is chosen from, as value and label; none for a text."""
