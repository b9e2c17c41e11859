"""A dry run: the rows of a file compared with what is stored, and with each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.db import Scope
from tracker.models import applications, contacts
from tracker.services.employers import employer_key
from tracker.services.imports.drafts import (
    SALARY_PARTS,
    ApplicationDraft,
    ContactDraft,
    RowReader,
    Unimportable,
    job_key,
)
from tracker.services.imports.mappings import APPLICATIONS, CONTACTS, ImportMapping, body
from tracker.services.imports.sheets import FileContent
from tracker.shapes.enumerations import Outcome, Stage
from tracker.shapes.field_labels import FIELD_LABELS
from tracker.shapes.imports import CheckedRow, Verdict

FILLED = (
    "location", "country", "workplace", "employment", "posting_url", "posting_text", "source", "industry", "company_size", "excitement",
    "tags", "deadline", "applied_on", "follow_up_on", "notes",
)  # fmt: skip
"""Fields of an application that an import fills where they are empty, beside the salary as a whole."""
CONTACT_FILLED = ("role", "company", "email", "phone", "link", "notes")


@dataclass(eq=False)
class ApplicationPlan:
    """A stored or new application, and what the rows of the file add to it."""

    values: dict[str, Any]
    stage: Stage
    outcome: Outcome | None
    id: UUID | None = None
    draft: ApplicationDraft | None = None
    """The row of a new application; for a stored one, the row that moves it."""
    filled: dict[str, Any] = field(default_factory=dict)
    moves: bool = False


@dataclass(eq=False)
class ContactPlan:
    """A stored or new contact, and what the rows of the file add to it."""

    values: dict[str, str]
    id: UUID | None = None
    met_at: datetime | None = None
    filled: dict[str, str] = field(default_factory=dict)


@dataclass
class ImportPlan:
    """All that an import would change, with a verdict on each row."""

    applications: list[ApplicationPlan] = field(default_factory=list)
    contacts: list[ContactPlan] = field(default_factory=list)
    rows: list[CheckedRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows by verdict."""
        return {verdict.value: sum(row.verdict == verdict for row in self.rows) for verdict in Verdict}


def plan(scope: Scope, content: FileContent, mapping: ImportMapping) -> ImportPlan:
    """Return what importing a file with this mapping would change now."""
    result = ImportPlan()
    known_applications, known_contacts = _Applications(scope, result), _Contacts(scope, result)
    for sheet, sheet_mapping in zip(content.sheets, mapping.sheets, strict=True):
        reader = RowReader(scope, mapping, sheet_mapping)
        for number, cells in (
            body(sheet, sheet_mapping) if sheet_mapping.kind in (APPLICATIONS, CONTACTS) else ()
        ):
            try:
                if sheet_mapping.kind == APPLICATIONS:
                    draft = reader.application(number, cells)
                    row = known_applications.checked(draft, sheet.name)
                else:
                    row = known_contacts.checked(reader.contact(number, cells), sheet.name)
            except Unimportable as error:
                row = CheckedRow(
                    sheet.name, number, _title(reader, cells), Verdict.PROBLEM.value, error.message
                )
            result.rows.append(row)
    return result


class _Applications:
    """Stored and new applications by their keys."""

    def __init__(self, scope: Scope, result: ImportPlan) -> None:
        self.plan = result
        self.by_posting: dict[str, ApplicationPlan] = {}
        self.by_job: dict[tuple[str, str], list[ApplicationPlan]] = defaultdict(list)
        self.first_rows: dict[ApplicationPlan, int] = {}
        self.changed: set[ApplicationPlan] = set()
        for stored in _stored_applications(scope):
            self._add(
                stored, stored.values["posting_key"], job_key(stored.values["company"], stored.values["role"])
            )

    def checked(self, draft: ApplicationDraft, sheet: str) -> CheckedRow:
        """Return the verdict on a row, and add it to the plan."""
        posting, job = draft.keys
        title = f"{draft.values['role']} at {draft.values['company']}"
        match = self._match(draft, posting, job)
        if match is None:
            new = ApplicationPlan(dict(draft.values), draft.stage, draft.outcome, draft=draft)
            new.values["posting_key"] = posting
            self._add(new, posting, job)
            self.plan.applications.append(new)
            self.first_rows[new] = draft.row
            return CheckedRow(
                sheet, draft.row, title, Verdict.NEW.value, _standing(draft.stage, draft.outcome)
            )
        changes = list(_merged(match, draft))
        if match.id and changes and match not in self.changed:
            self.changed.add(match)
            self.plan.applications.append(match)
        repeated = self.first_rows.get(match)
        if not changes:
            same = f"Repeats row {repeated}" if repeated else "Already in Pursuit"
            return CheckedRow(sheet, draft.row, title, Verdict.SAME.value, same)
        detail = f"Adds to row {repeated}: " if repeated else ""
        return CheckedRow(sheet, draft.row, title, Verdict.UPDATE.value, detail + _sentence(changes))

    def _add(self, target: ApplicationPlan, posting: str, job: tuple[str, str]) -> None:
        if posting:
            self.by_posting.setdefault(posting, target)
        self.by_job[job].append(target)

    def _match(self, draft: ApplicationDraft, posting: str, job: tuple[str, str]) -> ApplicationPlan | None:
        """Return the application of the same posting, else that of the same job."""
        if posting and posting in self.by_posting:
            return self.by_posting[posting]
        similar = [target for target in self.by_job.get(job, ()) if not _is_another(target, draft, posting)]
        return min(similar, key=lambda target: _distance(target, draft), default=None)


class _Contacts:
    """Stored and new contacts by link, email, and name with company."""

    def __init__(self, scope: Scope, result: ImportPlan) -> None:
        self.plan = result
        self.by_key: dict[tuple[str, ...], ContactPlan] = {}
        self.changed: set[ContactPlan] = set()
        query = select(contacts.id, contacts.name, *(contacts[name] for name in CONTACT_FILLED))
        for row in scope.rows(query.where(contacts.user_id == scope.user_id)):
            self._add(ContactPlan({name: row[name] for name in ("name", *CONTACT_FILLED)}, row["id"]))

    def checked(self, draft: ContactDraft, sheet: str) -> CheckedRow:
        """Return the verdict on a row, and add it to the plan."""
        match = next((self.by_key[key] for key in _contact_keys(draft.values) if key in self.by_key), None)
        title = draft.values["name"]
        if match is None:
            new = ContactPlan(dict(draft.values), met_at=draft.met_at)
            self._add(new)
            self.plan.contacts.append(new)
            return CheckedRow(sheet, draft.row, title, Verdict.NEW.value, "Contact")
        changes = [name for name in CONTACT_FILLED if draft.values[name] and not match.values[name]]
        for name in changes:
            match.values[name] = match.filled[name] = draft.values[name]
        if changes and match.id and match not in self.changed:
            self.changed.add(match)
            self.plan.contacts.append(match)
        if not changes:
            return CheckedRow(sheet, draft.row, title, Verdict.SAME.value, "Already in your contacts")
        return CheckedRow(
            sheet, draft.row, title, Verdict.UPDATE.value, _sentence([f"the {name}" for name in changes])
        )

    def _add(self, target: ContactPlan) -> None:
        for key in _contact_keys(target.values):
            self.by_key.setdefault(key, target)


def _stored_applications(scope: Scope) -> Iterator[ApplicationPlan]:
    names = ("company", "role", "posting_key", *FILLED, *SALARY_PARTS)
    query = select(
        applications.id, applications.stage, applications.outcome, *(applications[name] for name in names)
    ).where(applications.user_id == scope.user_id, applications.deleted_at.is_(None))
    for row in scope.rows(query.order_by(applications.created_at, applications.id)):
        outcome = Outcome(row["outcome"]) if row["outcome"] else None
        yield ApplicationPlan({name: row[name] for name in names}, Stage(row["stage"]), outcome, row["id"])


def _is_another(target: ApplicationPlan, draft: ApplicationDraft, posting: str) -> bool:
    """Return whether a job of the same name is another: two postings of one board, or sent on two days."""
    other = target.values["posting_key"]
    if posting and other and posting.partition(":")[0] == other.partition(":")[0]:
        return True
    sent, other_sent = draft.values["applied_on"], target.values["applied_on"]
    return bool(sent and other_sent and abs((sent - other_sent).days) > 1)


def _distance(target: ApplicationPlan, draft: ApplicationDraft) -> int:
    """Return the days between the dates of sending; many where one is unknown."""
    sent: date | None = draft.values["applied_on"]
    other: date | None = target.values["applied_on"]
    return abs((sent - other).days) if sent and other else 10_000


def _merged(target: ApplicationPlan, draft: ApplicationDraft) -> Iterator[str]:
    """Fill the empty fields of an application from a row, and yield each change in words."""
    names = [
        name
        for name in FILLED
        if draft.values[name] not in (None, "", []) and target.values[name] in (None, "", [])
    ]
    if (
        draft.values["salary_period"]
        and target.values["salary_from"] is None
        and target.values["salary_to"] is None
    ):
        names += SALARY_PARTS
    for name in names:
        target.values[name] = target.filled[name] = draft.values[name]
        if name not in SALARY_PARTS:
            yield f"the {FIELD_LABELS[name][0].lower()}{FIELD_LABELS[name][1:]}"
    if "salary_period" in names:
        yield "the salary"
    if draft.stage.rank > target.stage.rank:
        target.stage, target.outcome, target.moves = draft.stage, draft.outcome, True
        yield f"> {_standing(draft.stage, draft.outcome)}"
        if target.id:
            target.draft = draft
    if target.draft and target.draft is not draft and not target.id:
        _complete_history(target.draft, draft, moved=target.stage is draft.stage)


def _complete_history(known: ApplicationDraft, draft: ApplicationDraft, *, moved: bool) -> None:
    """Add the dates of a repeated row to a new application's history."""
    known.saved_at = known.saved_at or draft.saved_at
    known.applied_at = known.applied_at or draft.applied_at
    if moved and known.stage is not draft.stage:
        known.stage, known.outcome, known.status_at = draft.stage, draft.outcome, draft.status_at


def _sentence(changes: list[str]) -> str:
    added = [change for change in changes if not change.startswith("> ")]
    moved = [f"moves to {change.removeprefix('> ')}" for change in changes if change.startswith("> ")]
    listed = " and ".join(filter(None, (", ".join(added[:-1]), *added[-1:])))
    text = "; ".join([*([f"adds {listed}"] if added else []), *moved])
    return text[:1].upper() + text[1:]


def _standing(stage: Stage, outcome: Outcome | None) -> str:
    return f"Closed as {outcome.label.lower()}" if outcome else stage.label


def _contact_keys(values: dict[str, str]) -> Iterator[tuple[str, ...]]:
    if values["link"]:
        yield ("link", values["link"].casefold().partition("://")[2].removeprefix("www.").rstrip("/"))
    if values["email"]:
        yield ("email", values["email"].casefold())
    yield ("name", " ".join(values["name"].casefold().split()), employer_key(values["company"]))


def _title(reader: RowReader, cells: list[str]) -> str:
    names = ("role", "company", "name", "first_name", "last_name")
    texts = [
        cells[reader.places[name]]
        for name in names
        if name in reader.places and reader.places[name] < len(cells)
    ]
    return " · ".join(text[:100] for text in texts if text)
