"""Lists as CSV files and workbooks."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.support.long_list import a_long_list
from tests.support.people import Person
from tracker.errors import NotFound
from tracker.services.applications import application_list
from tracker.services.applications.deletion import remove
from tracker.services.applications.stage_moves import move
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.exports.table_files import MAX_TEXT, write_table
from tracker.services.exports.tables import APPLICATION_HEADS
from tracker.services.interviews.scheduling import schedule
from tracker.services.spreadsheet_cells import unescape_cell
from tracker.shapes.filters import SORTS, Filters
from tracker.shapes.preferences import COLUMNS

Rows = list[dict[str, Any]]


def exported(person: Person, name: str, kind: str, **query: str) -> bytes:
    file = io.BytesIO()
    person.call(write_table, name, kind, query, file)
    return file.getvalue()


def csv_rows(person: Person, name: str, **query: str) -> Rows:
    text = exported(person, name, "csv", **query).decode("utf-8-sig")
    lines = csv.DictReader(io.StringIO(text, newline=""))
    return [{head: unescape_cell(cell) for head, cell in line.items()} for line in lines]


def sheet_rows(person: Person, name: str, **query: str) -> Rows:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(exported(person, name, "xlsx", **query)))
    heads, *rows = workbook.get_sheet_by_index(0).to_python()
    return [dict(zip(heads, row, strict=True)) for row in rows]


FACTS = {
    "location": 'Łódź; "Centre"', "country": "PL", "workplace": "hybrid", "employment": "full_time",
    "salary_from": "70000", "salary_to": "85000.5", "currency": "EUR", "salary_period": "year",
    "posting_url": "https://example.com/jobs/1", "posting_text": "Line one\n=line two", "source": "=LinkedIn",
    "industry": "Software", "company_size": "small", "excitement": "4", "tags": "go, remote",
    "deadline": "2026-12-01", "follow_up_on": "2026-11-09", "notes": "'=quoted",
}  # fmt: skip


def test_a_row_has_every_field_as_it_was_typed(alice: Person) -> None:
    row_id = alice.add_application("Linear", "+Engineer", **FACTS)
    [row] = csv_rows(alice, "applications")
    assert row | FACTS == row
    assert (row["id"], row["company"], row["role"], row["stage"]) == (row_id, "Linear", "+Engineer", "saved")
    assert row["created_at"] == "2026-11-03T11:00:00+01:00"


def test_a_workbook_has_typed_cells_and_no_formulas(alice: Person) -> None:
    alice.add_application("Linear", "=HYPERLINK(1)", **FACTS)
    [row] = sheet_rows(alice, "applications")
    assert (row["role"], row["source"]) == ("=HYPERLINK(1)", "=LinkedIn")
    assert (row["deadline"], row["salary_to"], row["excitement"]) == (date(2026, 12, 1), 85000.5, 4)
    assert row["created_at"] == datetime.combine(date(2026, 11, 3), time(11))
    with zipfile.ZipFile(io.BytesIO(exported(alice, "applications", "xlsx"))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'state="frozen"' in sheet


def test_a_text_longer_than_a_cell_is_cut_only_in_a_workbook(alice: Person) -> None:
    alice.add_application(notes="é" * 40_000)
    assert sheet_rows(alice, "applications")[0]["notes"] == "é" * MAX_TEXT
    assert csv_rows(alice, "applications")[0]["notes"] == "é" * 40_000


def test_every_column_of_the_list_is_exported() -> None:
    shown = {"status": "stage", "salary": "salary_from", "applied": "applied_on", "follow_up": "follow_up_on",
             "interview": "next_interview_at", "next": "next_interview_at", "touched": "touched_at"}  # fmt: skip
    assert {shown.get(name, name) for name in COLUMNS} <= {*APPLICATION_HEADS}


@pytest.mark.parametrize("sort", SORTS)
def test_a_file_has_the_whole_list_in_its_order(alice: Person, sort: str) -> None:
    a_long_list(alice)
    page = alice.call(application_list.page, Filters(sort=sort, stage="applied"), "", 200)
    rows = csv_rows(alice, "applications", sort=sort, stage="applied")
    assert [row["id"] for row in rows] == [card.id for card in page.cards]


@pytest.mark.parametrize("search", ["linear", "engin", "liner", "xyzzy"])
def test_a_file_has_the_matches_of_the_search(alice: Person, search: str) -> None:
    alice.add_application("Linear", "Engineer")
    alice.add_application("Monzo", "Cook")
    page = alice.call(application_list.page, Filters(q=search))
    assert [row["id"] for row in csv_rows(alice, "applications", q=search)] == [
        card.id for card in page.cards
    ]


def test_contacts_are_exported_as_searched(alice: Person) -> None:
    linked = sorted(alice.add_application(company) for company in ("Linear", "Monzo"))
    contact = alice.call(
        add_contact, {"name": "Maria", "phone": "+49 170", "email": "m@example.com"}, linked[0]
    )
    alice.rows(
        "INSERT INTO application_contact VALUES (:me, :id, :contact) RETURNING 1",
        me=alice.user.user_id, id=linked[1], contact=contact,
    )  # fmt: skip
    alice.call(add_contact, {"name": "Zoë"})
    assert [row["name"] for row in csv_rows(alice, "contacts")] == ["Maria", "Zoë"]
    [row] = csv_rows(alice, "contacts", q="maira")
    assert (row["phone"], row["email"]) == ("+49 170", "m@example.com")
    assert row["application_ids"] == ", ".join(linked)


def test_interviews_are_exported_with_their_own_time(alice: Person) -> None:
    application = alice.add_application("Linear", "Engineer")
    where = {"zone": "America/New_York", "minutes": "45", "place": "=Zoom"}
    alice.call(schedule, application, {"starts_at": "2026-11-05T14:30", "kind": "technical", **where})
    [row] = csv_rows(alice, "interviews")
    assert (row["starts_at"], row["time_zone"], row["minutes"]) == (
        "2026-11-05T14:30:00-05:00",
        "America/New_York",
        "45",
    )
    assert (row["application_id"], row["company"], row["place"]) == (application, "Linear", "=Zoom")
    assert sheet_rows(alice, "interviews")[0]["starts_at"] == datetime.combine(
        date(2026, 11, 5), time(14, 30)
    )


def test_deleted_applications_and_their_interviews_are_left_out(alice: Person) -> None:
    application = alice.add_application()
    alice.call(schedule, application, {"starts_at": "2026-11-05T14:30"})
    alice.call(remove, [application])
    assert csv_rows(alice, "applications") == csv_rows(alice, "interviews") == []


def test_an_outcome_and_the_dates_of_stages_are_exported(alice: Person) -> None:
    application = alice.add_application(stage="applied")
    alice.call(move, [application], "closed", "rejected")
    [row] = csv_rows(alice, "applications")
    assert (row["stage"], row["outcome"], row["furthest"]) == ("closed", "rejected", "applied")
    assert row["applied_at"] == row["stage_since"] == "2026-11-03T11:00:00+01:00"


@pytest.mark.parametrize("name", ["applications", "contacts", "interviews"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_list_is_a_file_of_heads(charlie: Person, name: str, kind: str) -> None:
    read = csv_rows if kind == "csv" else sheet_rows
    assert exported(charlie, name, kind)
    assert read(charlie, name) == []


@pytest.mark.parametrize(("name", "kind"), [("secrets", "csv"), ("contacts", "exe")])
def test_an_unknown_list_or_kind_is_not_found(alice: Person, name: str, kind: str) -> None:
    with pytest.raises(NotFound):
        exported(alice, name, kind)


@pytest.mark.parametrize("name", ["applications", "contacts", "interviews"])
def test_another_users_rows_are_in_no_file(alice: Person, bob: Person, name: str) -> None:
    application = bob.add_application("Bobcorp")
    bob.call(add_contact, {"name": "Bobcorp"}, application)
    bob.call(schedule, application, {"starts_at": "2026-11-05T14:30"})
    assert csv_rows(alice, name) == []
    assert len(csv_rows(bob, name)) == 1
