"""Applications in lists, on the board and on their page."""

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
    """An application in the table, with all values as text."""

    id: str
    company: str
    role: str
    mark: str
    tint: str
    stage: str
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
    """An application on the board, with only what a card shows, since a board has hundreds."""

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
class Count:
    """A number of applications; more than that if it isn't exact."""

    number: int = 0
    is_exact: bool = True

    @property
    def label(self) -> str:
        """The number in words: `1 application`, `1,000+ applications`."""
        noun = "application" if self.number == 1 else "applications"
        return f"{self.number:,} {noun}" if self.is_exact else f"{self.number:,}+ {noun}"


@dataclass(frozen=True)
class ApplicationPage:
    """A page of the list.

    `after` is the next page's cursor, empty on the last page. Only the first page counts all matches.
    """

    cards: list[Card]
    after: str = ""
    count: Count = Count()
    is_similar: bool = False


@dataclass(frozen=True)
class Column:
    """A stage of the board: its first cards, its count, and whether there are more.

    A column without a stage is hidden by the filters.
    """

    stage: str = ""
    label: str = ""
    count: int = 0
    cards: list[BoardCard] = field(default_factory=list)
    has_more: bool = False

    def __bool__(self) -> bool:
        """Return true if the board shows the column."""
        return self.stage != ""

    def __hash__(self) -> int:
        """Return a hash that changes with the contents."""
        return hash((self.stage, self.label, self.count, tuple(self.cards), self.has_more))


@dataclass(frozen=True)
class Fact:
    """A field of an application or contact, edited in place; `raw` is its form text."""

    name: str
    label: str
    shown: str
    raw: str
    kind: str = "text"
    choices: list[tuple[str, str]] = field(default_factory=list)
    link: str = ""


@dataclass(frozen=True)
class ApplicationDetail:
    """The contents of an application's page."""

    id: str
    company: str
    role: str
    mark: str
    tint: str
    stage: str
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
    """An edit conflict: the submitted text, and the text the field was changed to meanwhile."""

    id: str
    """Unique to each conflict, so that texts of an earlier conflict never replace those of a later one."""
    field: str
    label: str
    mine: str
    theirs: str
    name: str
    """Name of the field in its editor's form."""
    was: str
    """Text that the editor would start from if it were opened now."""
    choices: list[tuple[str, str]]
    """Choices as value and label; empty for a text field."""
