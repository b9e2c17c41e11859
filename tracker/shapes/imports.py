"""Imports as their pages and the API show them."""

from dataclasses import dataclass, field

from tracker.shapes.enumerations import LabelledEnum

ROWS_PER_PAGE = 50


class DataImportState(LabelledEnum):
    """States of an import of applications."""

    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"
    FAILED = "failed"


class Verdict(LabelledEnum):
    """Results of checking a row of a file."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True)
class CheckedRow:
    """A row of a file with what importing it would do, or why it can't be imported."""

    sheet: str
    number: int
    title: str
    verdict: str
    detail: str


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, with its label."""

    value: str
    label: str


@dataclass(frozen=True)
class ColumnItem:
    """A column of a table: `name` identifies it in a mapping, `samples` are its first texts in a line."""

    name: str
    header: str
    field: str
    samples: str


@dataclass(frozen=True)
class DateQuestion:
    """A column of dates whose order has to be chosen, with both readings of its first dates."""

    name: str
    header: str
    order: str
    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SheetItem:
    """A table of a file with the fields that its columns are imported as; `name` is that of its kind."""

    name: str
    title: str
    kind: str
    columns: list[ColumnItem] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class StatusItem:
    """A word for a status, and the stage or outcome that it means; empty if it has to be chosen."""

    name: str
    word: str
    status: str


@dataclass(frozen=True)
class EncodingItem:
    """An encoding that a file may have, with the lines that it reads differently."""

    value: str
    label: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ImportItem:
    """An earlier import in a list."""

    id: str
    name: str
    state: str
    summary: str
    when: str
    can_undo: bool


@dataclass(frozen=True)
class ImportPage:
    """An import with its mapping, its open questions, and one page of its checked rows.

    `progress` is in percent. `verdict` is the filter of the rows; empty for all of them.
    """

    id: str = ""
    name: str = ""
    state: str = ""
    reason: str = ""
    progress: int = 0
    summary: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    sheets: list[SheetItem] = field(default_factory=list)
    date_questions: list[DateQuestion] = field(default_factory=list)
    statuses: list[StatusItem] = field(default_factory=list)
    status_choices: list[Choice] = field(default_factory=list)
    encodings: list[EncodingItem] = field(default_factory=list)
    encoding: str = ""
    timezone: str = ""
    open_questions: str = ""
    rows: list[CheckedRow] = field(default_factory=list)
    verdict: str = ""
    number: int = 1
    last: int = 1
    can_apply: bool = False
    can_undo: bool = False
