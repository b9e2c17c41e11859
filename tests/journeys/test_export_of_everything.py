"""Everything exported from one account and loaded into another, in the browser."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person, newcomer
from tests.support.waiting_jobs import run_jobs
from tracker.services.exports.document import row_counts
from tracker.services.interviews.scheduling import schedule
from tracker.services.preferences import learn_zone


def exported(page: Page, person: Person) -> Path:
    """Export everything, wait for the job, and return the downloaded file."""
    page.goto("/settings")
    data = page.get_by_role("region", name="Your data")
    data.get_by_role("button", name="Export everything").click()
    expect(data.get_by_text("Preparing the export")).to_be_visible()
    run_jobs(person.user)
    expect(data.get_by_text("It can be downloaded once")).to_be_visible()
    with page.expect_download() as download:
        data.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.startswith("pursuit-export-")
    expect(data.get_by_text("If the download broke off")).to_be_visible()
    return Path(download.value.path())


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_everything_moves_to_another_account(visits: Any, alice: Person, screen: Any) -> None:
    application = alice.add_application("Kestrel Labs", "Backend engineer", "applied")
    alice.call(schedule, application, {"starts_at": "2026-11-05T14:30"})
    file = exported(visits(alice.user, accept_downloads=True, **screen), alice)
    other = newcomer("Other")
    page = visits(other.user, **screen)
    page.goto("/settings")
    data = page.get_by_role("region", name="Your data")
    data.get_by_label("File").set_input_files(
        {"name": "export.zip", "mimeType": "application/zip", "buffer": file.read_bytes()}
    )
    data.get_by_role("button", name="Load the export").click()
    expect(data.get_by_text("Loading the export")).to_be_visible()
    run_jobs(other.user)
    expect(data.get_by_text("1 application, 1 interview and 0 contacts loaded")).to_be_visible()
    expect(data.get_by_text("This one holds data")).to_be_visible()
    expect(page.get_by_text("Export loaded").first).to_be_visible()
    page.goto("/applications")
    expect(page.get_by_role("link", name="Backend engineer")).to_be_visible()
    assert other.call(row_counts) == alice.call(row_counts)


def test_a_file_that_is_no_export_is_refused_with_the_reason(
    visits: Any, charlie: Person, tmp_path: Path
) -> None:
    charlie.call(learn_zone, "Europe/Berlin")
    page = visits(charlie.user)
    page.goto("/settings")
    data = page.get_by_role("region", name="Your data")
    data.get_by_label("File").set_input_files(
        {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"Hello"}
    )
    data.get_by_role("button", name="Load the export").click()
    expect(data.get_by_text("Loading the export")).to_be_visible()
    run_jobs(charlie.user)
    expect(data.get_by_text("This file is no export of Pursuit")).to_be_visible()
    large = tmp_path / "large.zip"
    large.write_bytes(b" " * 60_000_000)
    data.get_by_label("File").set_input_files(large)
    data.get_by_role("button", name="Load the export").click()
    expect(data.get_by_text("more than 50 MB can't be loaded")).to_be_visible()
