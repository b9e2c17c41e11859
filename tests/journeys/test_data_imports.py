"""Importing a search from a file, from its upload to the undo."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.import_files import AMBIGUOUS, linkedin_archive
from tests.support.people import Person
from tests.support.waiting_jobs import run_jobs
from tracker.services.preferences import learn_zone


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file on the page of imports, and send it."""
    page.goto("/import")
    page.get_by_label("File", exact=True).last.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}"))


def rows(page: Page) -> list[str]:
    """Return the results of the rows that are shown."""
    return page.get_by_role("table", name="Rows of the file").locator("td.cell-stage").all_inner_texts()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_linkedins_export_is_imported_reported_and_undone(visits: Any, alice: Person, screen: Any) -> None:
    page = visits(alice.user, **screen)
    upload(page, "linkedin.zip", linkedin_archive())
    expect(page.get_by_text("Reading linkedin.zip.")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("Nothing is saved yet. Rows of the file: 5 new.")).to_be_visible()
    assert rows(page) == ["New"] * 5
    assert alice.rows("SELECT 1 FROM application") == []
    page.get_by_role("button", name="Import these rows").click()
    expect(page.get_by_role("progressbar", name="Progress of the import")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("Imported. Rows of the file: 5 new.")).to_be_visible()
    page.get_by_role("link", name="Show applications").click()
    page.wait_for_url(re.compile(r"/applications"))
    expect(page.get_by_text("Data Engineer").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("This import was undone")).to_be_visible()
    expect(page.get_by_text("Import of linkedin.zip undone")).to_be_visible()
    assert alice.rows("SELECT 1 FROM application") == []
    assert alice.rows("SELECT 1 FROM contact") == []


def test_an_ambiguous_order_of_dates_and_a_status_are_asked(visits: Any, alice: Person) -> None:
    alice.call(learn_zone, "Europe/Berlin")
    page = visits(alice.user)
    upload(page, "jobs.csv", AMBIGUOUS.replace("Interview", "On hold").encode())
    run_jobs(alice.user)
    expect(page.get_by_text("2 questions to answer before you can import.")).to_be_visible()
    button = page.get_by_role("button", name="Import these rows")
    expect(button).to_be_disabled()
    question = page.get_by_role("group", name="Which order do the dates of “Beworben am” have?")
    expect(question.get_by_text("3/4/2026 is Fri 3 Apr 2026")).to_be_visible()
    expect(question.get_by_text("3/4/2026 is Wed 4 Mar 2026")).to_be_visible()
    question.get_by_label("Month first").click()
    expect(page.get_by_text("Checking the rows.")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("1 question to answer before you can import.")).to_be_visible()
    page.get_by_label("Meaning of on hold").select_option("Screening")
    expect(page.get_by_text("Checking the rows.")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("Nothing is saved yet. Rows of the file: 4 new.")).to_be_visible()
    button.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("Imported. Rows of the file: 4 new.")).to_be_visible()
    days = {
        row["company"]: str(row["applied_on"])
        for row in alice.rows("SELECT company, applied_on FROM application")
    }
    assert days == {
        "Müller GmbH": "2026-04-03", "Kestrel": "2026-03-04", "Brightwater": "2026-05-06", "Papermill": "2026-07-08",
    }  # fmt: skip
    page.goto("/import")
    page.get_by_role("button", name="Undo the import of jobs.csv").click()
    expect(page.get_by_role("region", name="Earlier imports").get_by_text("Undone")).to_be_visible()
    assert alice.rows("SELECT 1 FROM application") == []


def test_a_pasted_table_is_mapped_by_hand(visits: Any, alice: Person) -> None:
    page = visits(alice.user)
    page.goto("/settings")
    page.get_by_role("main").get_by_role("link", name="Import", exact=True).click()
    page.get_by_role("button", name="Read the table").click()
    expect(page.get_by_text("Paste a table with its headers.")).to_be_visible()
    page.get_by_label("Paste a table").last.fill(
        "Company\tRole\tRemark of mine\nAcme\tEngineer\tNice people\n\tAnalyst\t"
    )
    page.get_by_role("button", name="Read the table").click()
    expect(page.get_by_text("Reading Pasted table.")).to_be_visible()
    run_jobs(alice.user)
    page.get_by_text("Columns and time zone").click()
    page.get_by_label("Import Remark of mine as").select_option("Notes")
    expect(page.get_by_text("Checking the rows.")).to_be_visible()
    run_jobs(alice.user)
    page.get_by_role("group", name="Show rows").get_by_role("button", name="Problems 1").click()
    expect(page.get_by_text("The company is missing.")).to_be_visible()
    expect(page.get_by_text("Engineer at Acme")).to_be_hidden()
    page.get_by_role("button", name="Import these rows").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("Imported. Rows of the file: 1 new, 1 not imported.")).to_be_visible()
    assert alice.rows("SELECT notes FROM application") == [{"notes": "Nice people"}]


def test_a_file_that_is_no_table_says_why_and_another_users_import_is_not_shown(
    visits: Any, alice: Person, bob: Person
) -> None:
    page = visits(alice.user)
    upload(page, "cv.pdf", b"%PDF-1.7 resume")
    run_jobs(alice.user)
    expect(page.get_by_role("heading", name="This file couldn't be imported")).to_be_visible()
    expect(page.get_by_text("This is a PDF.")).to_be_visible()
    other = visits(bob.user)
    other.goto(page.url)
    expect(other.get_by_role("heading", name="No such import")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Import discarded. Nothing was changed")).to_be_visible()
