"""Imports as programs read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from tracker.shapes.imports import DataImportState, Verdict
from tracker.shapes.records.examples import documented, example_id


@dataclass(frozen=True, kw_only=True)
class ImportRecord:
    """An import of a file: its mapping, its open questions, and the result of its dry run."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(10), name="jobs.csv", state="ready", counts={"new": 40, "problem": 1}, open_questions=[],
        mapping={"timezone": "Europe/Berlin", "statuses": {"applied": "applied"}}, can_undo=False,
    )  # fmt: skip
    id: UUID
    name: str
    state: DataImportState
    reason: str
    """Why it can't be read; empty otherwise."""
    counts: dict[Verdict, int]
    """Rows by what importing them would do, or did."""
    mapping: dict[str, Any]
    """What each column, status word and date means."""
    open_questions: list[str]
    """Names of the parts of the mapping that have to be chosen before it can be applied."""
    can_undo: bool
    created_at: datetime
    applied_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ImportRowRecord:
    """A row of a file, and what importing it would do."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id="jobs.csv:2", sheet="jobs.csv", number=2, title="Engineer · Acme", verdict="new", detail=""
    )
    id: str
    """Sheet and number of the row."""
    sheet: str
    number: int
    title: str
    verdict: Verdict
    detail: str
