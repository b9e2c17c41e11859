"""Applications, contacts and interviews as tables: a column per field, in the order of the lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import Select, func, select

from tracker.db import Row, Scope
from tracker.models import ApplicationContact, Contact, applications, contacts, interviews, links
from tracker.services.applications.application_fields import PARSERS as APPLICATION_FIELDS
from tracker.services.applications.application_list import whole_list_queries
from tracker.services.applications.cards import card_columns
from tracker.services.contacts.contact_fields import PARSERS as CONTACT_FIELDS
from tracker.services.contacts.contact_list import search_conditions
from tracker.services.exports.streams import first_matches, stream
from tracker.services.spreadsheet_cells import Cell
from tracker.shapes.filters import Filters
from tracker.zones import named

APPLICATION_HEADS = (
    "id", *APPLICATION_FIELDS, "stage", "outcome", "furthest", "stage_since", "applied_at", "screening_at",
    "interviewing_at", "offer_at", "next_interview_at", "score", "created_at", "touched_at",
)  # fmt: skip
CONTACT_HEADS = ("id", *CONTACT_FIELDS, "application_ids", "created_at", "touched_at")
INTERVIEW_HEADS = (
    "id", "application_id", "company", "role", "round", "kind", "state", "starts_at", "time_zone", "minutes",
    "place", "interviewers", "preparation", "debrief", "rating", "thanked_at", "created_at", "touched_at",
)  # fmt: skip


@dataclass(frozen=True)
class ExportTable:
    """A table's heads, and its rows read one batch at a time within the transaction."""

    heads: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def applications_table(scope: Scope, filters: Filters) -> ExportTable:
    """Return all applications that the filters match, in the list's order."""
    matches = first_matches(scope, whole_list_queries(scope, filters, _application_columns(scope)))
    return _table(APPLICATION_HEADS, matches, scope.who.zone)


def _application_columns(scope: Scope) -> list[Any]:
    derived = {"interview": "next_interview_at", "score": "score"}
    stored = [applications[head] for head in APPLICATION_HEADS if head not in derived.values()]
    computed = [column for column in card_columns(scope) if column.key in derived]
    return [*stored, *(column.element.label(derived[column.key]) for column in computed)]


def contacts_table(scope: Scope, search: str = "") -> ExportTable:
    """Return all contacts that match the search, by name."""
    queries = [_contacts_query(scope).where(*search_conditions(search))]
    if search.strip():
        queries.append(_contacts_query(scope).where(*search_conditions(search, with_swaps=True)))
    return _table(CONTACT_HEADS, first_matches(scope, ((query, {}) for query in queries)), scope.who.zone)


def _contacts_query(scope: Scope) -> Select[Any]:
    c = contacts
    linked_ids = (
        select(func.array_agg(links.application_id))
        .where(links.user_id == c.user_id, links.contact_id == c.id)
        .select_from(ApplicationContact)
        .correlate(Contact)
        .scalar_subquery()
        .label("application_ids")
    )
    stored = [c[head] for head in CONTACT_HEADS if head != "application_ids"]
    return select(*stored, linked_ids).where(c.user_id == scope.user_id).order_by(c.name_key, c.id)


def interviews_table(scope: Scope) -> ExportTable:
    """Return all interviews by time, without those of deleted applications."""
    i, a = interviews, applications
    stored = [i[head] for head in INTERVIEW_HEADS if head not in ("company", "role", "time_zone")]
    query = (
        select(*stored, i.zone.label("time_zone"), a.company, a.role)
        .join_from(i.id.table, a.id.table, (a.user_id == i.user_id) & (a.id == i.application_id))
        .where(i.user_id == scope.user_id, a.deleted_at.is_(None))
        .order_by(i.starts_at, i.id)
    )
    return _table(INTERVIEW_HEADS, stream(scope, query), scope.who.zone)


def _table(heads: tuple[str, ...], rows: Iterator[Row], zone: tzinfo) -> ExportTable:
    return ExportTable(heads, (tuple(_cell(row, head, zone) for head in heads) for row in rows))


def _cell(row: Row, head: str, zone: tzinfo) -> Cell:
    """Return a value; moments are in the user's zone, and an interview's start is in its own."""
    value = row[head]
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value)) if head == "application_ids" else value)
    if head == "starts_at":
        zone = named(row["time_zone"])
    if head.endswith(("_at", "_since")) and value is not None:
        moment: Cell = value.astimezone(zone)
        return moment
    if head.endswith("id"):
        return str(value)
    cell: Cell = value
    return cell
