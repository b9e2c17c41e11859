"""Lists exported from their pages, as they are filtered."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.services.contacts import contact_changes
from tracker.services.interviews.scheduling import schedule


def exported(page: Page, label: str) -> Path:
    """Export the list that the page shows, and return the file."""
    page.get_by_label("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Export as {label}").click()
    assert Path(download.value.suggested_filename).suffix == (".csv" if label == "CSV" else ".xlsx")
    return Path(download.value.path())


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_filtered_list_is_exported_and_read_back(visits: Any, alice: Person, screen: Any) -> None:
    alice.add_application("Linear", "Engineer", source="LinkedIn")
    alice.add_application("Monzo", "=Cook", source="Referral")
    page = visits(alice.user, accept_downloads=True, **screen)
    page.goto("/applications?source=Referral&sort=company")
    expect(page.get_by_role("link", name="=Cook")).to_be_visible()
    expect(page.get_by_role("link", name="Engineer")).to_have_count(0)
    with exported(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["company"], row["role"]) for row in csv.DictReader(file)] == [("Monzo", "'=Cook")]
    heads, row = CalamineWorkbook.from_path(exported(page, "Excel (XLSX)")).get_sheet_by_index(0).to_python()
    assert dict(zip(heads, row, strict=True))["role"] == "=Cook"


def test_contacts_and_interviews_are_exported(visits: Any, alice: Person) -> None:
    application = alice.add_application("Linear", "Engineer")
    alice.call(contact_changes.add, {"name": "Lena Brandt"}, application)
    alice.call(contact_changes.add, {"name": "Tom Ashworth"})
    alice.call(schedule, application, {"starts_at": "2026-11-05T14:30"})
    page = visits(alice.user, accept_downloads=True)
    page.goto("/contacts?q=lena")
    expect(page.get_by_role("link", name="Tom Ashworth")).to_have_count(0)
    with exported(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Lena Brandt"]
    page.goto("/interviews")
    with exported(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        assert [row["company"] for row in csv.DictReader(file)] == ["Linear"]
