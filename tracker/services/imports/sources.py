"""The programs whose files are recognized by their headers, and what each column of theirs means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.services.imports.columns import fields_of, folded
from tracker.services.imports.moments import MONTH_FIRST

MAX_PREAMBLE = 20
"""Rows at the top of a table among which its headers are."""


@dataclass(frozen=True)
class Source:
    """A program's table, identified by its headers; `columns` holds fields that differ from the usual."""

    label: str
    headers: frozenset[str]
    columns: Mapping[str, str] = field(default_factory=dict)
    is_contacts: bool = False
    order: str = ""
    status: str = ""
    """The status of every row, for tables without a column of it."""


def _source(label: str, headers: str, columns: str = "", **more: object) -> Source:
    """Return a source from lists of headers, and of `header: field`."""
    named = dict(pair.split(": ") for pair in columns.split(", ") if pair)
    return Source(label, frozenset(folded(header) for header in headers.split(", ")), named, **more)  # type: ignore[arg-type]


SOURCES = (
    _source(
        "LinkedIn applications", "Application Date, Company Name, Job Title, Job Url, Question And Answers",
        "contact email: , contact phone number: , question and answers: ", order=MONTH_FIRST, status="applied",
    ),
    _source("LinkedIn saved jobs", "Saved Date, Job Url, Job Title, Company Name", order=MONTH_FIRST, status="saved"),
    _source("LinkedIn connections", "First Name, Last Name, Company, Position, Connected On", is_contacts=True),
    _source("JobSync", "Company, JobTitle, JobSource, appliedDate, Status", "applied: , index: , created at: saved_on"),
    _source("OSApplyTrack", "company, role, lane, status, followup, slug", "lane: tags, score: , slug: , created: saved_on"),
    _source("career-ops", "Company, Role, Score, Status, Report", "score: , report: , pdf: , date: saved_on"),
    _source("Huntr", "listName, title, companyName"),
    _source("Huntr", "Employer, Job Title, List"),
    _source("Teal", "Company Name, Job Title, Status, Job URL"),
    _source("Pursuit", "company, role, stage, outcome, posting_url, applied_on", "created at: saved_on, created on: saved_on"),
    _source("Simplify", "Title, Company, Status, Date Applied"),
    _source("Simplify", "Job Title, Company, Status, Date Applied"),
)  # fmt: skip


def source_of(headers: list[str]) -> Source:
    """Return the program that writes these headers; one without a label for any other table."""
    names = {folded(header) for header in headers}
    known = next((source for source in SOURCES if source.headers <= names), None)
    return known or Source("", frozenset(), is_contacts={"first name", "last name"} <= names)


def columns_of(source: Source, headers: list[str]) -> list[str]:
    """Return the field of each column, empty for one that isn't imported."""
    own = {
        place: source.columns[name]
        for place, name in enumerate(map(folded, headers))
        if name in source.columns
    }
    others = [
        "" if place in own or own_field_exists(source, header) else header
        for place, header in enumerate(headers)
    ]
    fields = fields_of(others, of_contacts=source.is_contacts)
    own_fields = {field for field in own.values() if field}
    return [own.get(place, field if field not in own_fields else "") for place, field in enumerate(fields)]


def own_field_exists(source: Source, header: str) -> bool:
    """Return whether a source gives a header a field of its own."""
    return folded(header) in source.columns


def header_row(rows: list[list[str]]) -> int:
    """Return the number of the row that holds the headers: the one with most known names; 0 without any."""
    scores = [_known(row) for row in rows[:MAX_PREAMBLE]]
    return scores.index(max(scores)) if scores else 0


def _known(row: list[str]) -> int:
    if source_of(row).label:
        return len(row) + 1
    return sum(map(bool, fields_of(row)))
