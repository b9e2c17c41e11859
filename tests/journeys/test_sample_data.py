"""An empty account: first steps that can be skipped, and sample data that can be removed."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.people import Person
from tests.support.waiting_jobs import run_jobs


def test_a_first_step_is_skipped_for_good(visits: Any, alice: Person) -> None:
    page: Page = visits(alice.user)
    page.goto("/")
    goal = page.get_by_role("link", name="Set a weekly goal")
    page.get_by_role("button", name="Skip: Set a weekly goal").click()
    expect(goal).to_be_hidden()
    page.reload()
    expect(page.get_by_role("link", name="Import your resume")).to_be_visible()
    expect(goal).to_be_hidden()


def test_sample_data_is_looked_around_in_and_removed(visits: Any, alice: Person) -> None:
    page: Page = visits(alice.user)
    page.goto("/")
    page.get_by_role("button", name="Explore with sample data", exact=True).click()
    expect(page.get_by_text("Adding the sample data…")).to_be_visible()
    run_jobs(alice.user)
    note = page.get_by_role("complementary", name="Sample data")
    expect(note).to_contain_text("This is sample data.")
    expect(page.get_by_role("region", name="Do these first").get_by_role("listitem")).to_have_count(3)
    note.get_by_role("button", name="Remove it").click()
    dialog = page.get_by_role("dialog", name="Remove the sample data")
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    note.get_by_role("button", name="Remove it").click()
    dialog.get_by_role("button", name="Remove everything").click()
    expect(page.get_by_role("heading", name="Add your first application")).to_be_visible()
    expect(dialog).to_be_hidden()
    page.goto("/applications")
    expect(page.get_by_role("heading", name=re.compile("Every application in one place"))).to_be_visible()
