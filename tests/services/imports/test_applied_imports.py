"""Applied imports: what is written, when it happened, and how it is undone."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.support.import_files import LINKEDIN_CONNECTIONS, linkedin_archive, workbook
from tests.support.import_steps import apply_import, checked_import, imported, verdicts
from tests.support.people import Person
from tracker.errors import Conflict
from tracker.services.applications.field_edits import edit
from tracker.services.applications.stage_moves import move
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.contacts.contact_changes import edit as edit_contact
from tracker.services.figures import snapshots
from tracker.services.imports.data_imports import change, discard, request_apply
from tracker.services.imports.import_page import import_page
from tracker.services.imports.undo_import import undo

HEADERS = "Company,Role,Status,Date applied,Date saved,Last updated,Notes\n"


def application(person: Person, company: str = "Acme") -> dict[str, Any]:
    (row,) = person.rows("SELECT * FROM application WHERE company = :company", company=company)
    return row


def history(person: Person, company: str = "Acme") -> list[tuple[str, str, str]]:
    """Return the events of an application: the kind, the local day, and the stage or field."""
    query = (
        "SELECT e.kind, (e.at AT TIME ZONE 'Europe/Berlin')::date::text AS day, "
        "coalesce(e.particulars->>'to', e.particulars->>'stage', '') AS stage, e.door FROM event e "
        "JOIN application a ON a.id = e.application_id WHERE a.company = :company ORDER BY e.at, e.id"
    )
    rows = person.rows(query, company=company)
    assert {row["door"] for row in rows} <= {"import", "web"}
    return [(row["kind"], row["day"], row["stage"]) for row in rows]


def everything(person: Person) -> dict[str, list[dict[str, Any]]]:
    tables = ("application", "contact", "application_contact", "priority")
    return {
        table: [
            {name: value for name, value in row.items() if name not in ("version", "touched_at")}
            for row in person.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
        ]
        for table in tables
    }


def test_the_history_is_dated_as_the_file_states(alice: Person) -> None:
    imported(alice, HEADERS + "Acme,Engineer,Interview,2026-03-10,2026-03-01,2026-04-02,\n")
    assert history(alice) == [
        ("application.added", "2026-03-01", "saved"),
        ("stage.changed", "2026-03-10", "applied"),
        ("stage.changed", "2026-04-02", "interviewing"),
    ]
    row = application(alice)
    assert (row["stage"], row["furthest"], row["applied_on"]) == (
        "interviewing",
        "interviewing",
        date(2026, 3, 10),
    )
    assert row["created_at"] == datetime.fromisoformat("2026-03-01T11:00:00+00:00")
    assert (row["applied_at"].date(), row["screening_at"]) == (date(2026, 3, 10), None)
    assert row["stage_since"] == row["interviewing_at"] == datetime.fromisoformat("2026-04-02T10:00:00+00:00")


def test_a_stage_whose_date_is_unknown_counts_from_now_on(alice: Person) -> None:
    imported(alice, HEADERS + "Acme,Engineer,Rejected,2026-03-10,,,\n")
    assert history(alice) == [
        ("application.added", "2026-03-10", "applied"),
        ("stage.changed", "2026-11-03", "rejected".replace("rejected", "closed")),
    ]
    row = application(alice)
    assert (row["stage"], row["outcome"], row["furthest"]) == ("closed", "rejected", "applied")
    assert row["created_at"] == row["stage_since"]


def test_past_days_of_the_pipeline_are_right(alice: Person) -> None:
    alice.call(snapshots.fill)
    imported(
        alice,
        HEADERS
        + "Acme,Engineer,Interview,2026-03-10,2026-03-01,2026-04-02,\nGlobex,Analyst,Applied,2026-03-15,,,\n",
    )
    alice.call(snapshots.fill)
    days = {row["day"]: row for row in alice.rows("SELECT * FROM snapshot")}
    counts = [
        (days[day]["saved"], days[day]["applied"], days[day]["interviewing"])
        for day in map(date.fromisoformat, _DAYS)
    ]
    assert counts == [(1, 0, 0), (0, 1, 0), (0, 2, 0), (0, 1, 1)]
    assert [days[date.fromisoformat(day)]["sent"] for day in ("2026-03-10", "2026-03-15")] == [1, 1]
    assert sum(row["actions"] for row in days.values()) == 0


_DAYS = ("2026-03-05", "2026-03-12", "2026-03-20", "2026-10-01")


def test_a_repeated_import_changes_nothing(alice: Person) -> None:
    imported(alice, linkedin_archive())
    before, log = everything(alice), alice.log()
    again = imported(alice, linkedin_archive())
    assert {verdict for verdict, _ in verdicts(alice, again)} == {"same"}
    assert (everything(alice), alice.log()) == (before, log)


def test_applying_twice_changes_nothing(alice: Person) -> None:
    import_id = imported(alice, linkedin_archive())
    before = everything(alice)
    for refused in (
        lambda: alice.call(discard, import_id),
        lambda: alice.call(change, import_id, {"timezone": "UTC"}),
    ):
        with pytest.raises(Conflict, match="has been applied"):
            refused()
    assert everything(alice) == before
    assert alice.row("data_import", import_id)["content"] is None


def test_linkedins_rows_are_stored_as_they_are_stated(alice: Person) -> None:
    imported(alice, linkedin_archive())
    row = application(alice, "Acme, Inc.")
    assert (row["role"], row["stage"], row["applied_on"]) == (
        "Backend Engineer",
        "applied",
        date(2024, 11, 20),
    )
    assert row["applied_at"] == datetime.fromisoformat("2024-11-20T07:15:00+00:00")
    assert (row["posting_key"], row["source"], row["notes"]) == ("linkedin:4077276177", "LinkedIn", "")
    assert application(alice, "Northwind")["stage"] == "saved"
    contacts = alice.rows("SELECT name, role, company, email, link FROM contact ORDER BY name")
    assert contacts[0] == {
        "name": "Ann Lee", "role": "Recruiter", "company": "Acme", "email": "ann@acme.example",
        "link": "https://www.linkedin.com/in/annlee",
    }  # fmt: skip


def test_an_update_fills_what_is_empty_and_leaves_what_was_typed(alice: Person) -> None:
    row_id = alice.add_application(
        "Acme", "Engineer", "applied", applied_on="2026-10-01", notes="Mine", location="Berlin"
    )
    text = "Company,Role,Status,Location,Salary,Notes,Date applied,Last updated\nAcme,Engineer,Screening,Hamburg,65k EUR,Theirs,2026-10-01,2026-11-03\n"
    imported(alice, text)
    row = alice.row("application", row_id)
    assert (row["location"], row["notes"], row["salary_from"], row["currency"]) == (
        "Berlin",
        "Mine",
        65000,
        "EUR",
    )
    assert (row["stage"], row["version"]) == ("screening", 2)
    assert ("stage.changed", "2026-11-03", "screening") in history(alice)


def test_a_formula_stays_text(alice: Person) -> None:
    cells = [["Company", "Role", "Notes"], ["Acme", "Engineer", "x"]]
    imported(alice, workbook(cells))
    imported(alice, 'Company,Role,Notes\nGlobex,Engineer,"=HYPERLINK(""https://x.example"",""y"")"\n')
    assert application(alice, "Globex")["notes"] == '=HYPERLINK("https://x.example","y")'


def test_text_that_does_not_fit_its_field_is_in_the_notes(alice: Person) -> None:
    imported(
        alice, "Company,Role,Salary,Excitement,Recruiter,Notes\nAcme,Engineer,competitive,9,Ann Lee,Nice\n"
    )
    assert application(alice)["notes"] == "Nice\nExcitement: 9\nContact: Ann Lee\nSalary: competitive"


def test_an_undone_import_leaves_everything_as_it_was(alice: Person) -> None:
    alice.add_application(
        "Acme", "Backend Engineer", posting_url="https://www.linkedin.com/jobs/view/4077276177"
    )
    alice.add_application("Globex", "Data Engineer", "applied", applied_on="2025-03-04")
    alice.call(add_contact, {"name": "Ann Lee", "email": "ann@acme.example"})
    before, log = everything(alice), alice.log()
    import_id = imported(alice, linkedin_archive())
    assert everything(alice) != before
    assert alice.call(undo, import_id) == "Import of jobs.csv undone"
    assert everything(alice) == before
    assert [
        row["kind"] for row in alice.rows("SELECT kind FROM event WHERE undone_at IS NULL ORDER BY id")
    ] == log
    assert alice.row("data_import", import_id)["state"] == "undone"
    assert alice.rows("SELECT 1 FROM snapshot") == []


def test_an_undone_import_can_be_imported_again(alice: Person) -> None:
    alice.call(undo, imported(alice, linkedin_archive()))
    again = checked_import(alice, linkedin_archive())
    assert {verdict for verdict, _ in verdicts(alice, again)} == {"new"}
    apply_import(alice, again)
    assert len(alice.rows("SELECT 1 FROM application")) == 3


def test_an_import_is_undone_only_until_something_depends_on_it(alice: Person) -> None:
    import_id = imported(alice, linkedin_archive())
    alice.call(move, [str(application(alice, "Globex")["id"])], "screening")
    with pytest.raises(Conflict, match="You have changed 1 application of this import since"):
        alice.call(undo, import_id)
    assert len(alice.rows("SELECT 1 FROM application")) == 3


def test_a_change_that_was_undone_stops_no_undo(alice: Person) -> None:
    import_id = imported(alice, linkedin_archive())
    alice.call(edit, str(application(alice, "Globex")["id"]), "location", "Oslo", "")
    alice.undo()
    alice.call(undo, import_id)
    assert alice.rows("SELECT 1 FROM application") == []


def test_a_changed_contact_stops_the_undo(alice: Person, clock: Any) -> None:
    import_id = imported(alice, LINKEDIN_CONNECTIONS)
    clock.shift(60)
    contact = str(alice.rows("SELECT id FROM contact WHERE name = 'Jo Park'")[0]["id"])
    alice.call(edit_contact, contact, "role", "CEO", "CTO")
    with pytest.raises(Conflict, match="You have changed 1 contact of this import since"):
        alice.call(undo, import_id)


def test_an_import_that_is_not_applied_has_nothing_to_undo(alice: Person) -> None:
    with pytest.raises(Conflict, match="nothing to undo"):
        alice.call(undo, checked_import(alice, linkedin_archive()))


def test_an_import_whose_job_failed_can_be_discarded(alice: Person) -> None:
    import_id = checked_import(alice, linkedin_archive())
    alice.call(request_apply, import_id)
    with pytest.raises(Conflict, match="has been applied"):
        alice.call(discard, import_id)
    alice.rows("UPDATE job SET state = 'failed', next_try_at = NULL, reason = 'Broken' RETURNING 1")
    page = alice.call(import_page, import_id)
    assert (page.state, page.reason) == ("failed", "Broken")
    alice.call(discard, import_id)
    assert alice.rows("SELECT 1 FROM data_import") == []
