"""Ambiguous and nonexistent times, typed in a form and reported at the field."""

import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker import clock, zones
from tracker.db import scoped
from tracker.services import preferences
from tracker.services.applications import creation

BERLIN = zones.named("Europe/Berlin")


def next_change(forward: bool) -> datetime:
    """Return a local time in the next hour that Berlin's clocks skip or repeat."""
    known = zones.offsets(BERLIN, clock.now().year + 3)
    at = next(
        start
        for start, before, after in zip(known.starts, known.values, known.values[1:], strict=False)
        if start > clock.now() and (after > before) == forward
    )
    return at.astimezone(BERLIN).replace(tzinfo=None, hour=2, minute=30)


@pytest.fixture
def applied(alice: Person) -> str:
    """Return the id of Alice's application, in Berlin's time."""
    with scoped(alice.user) as scope:
        preferences.learn_zone(scope, "Europe/Berlin")
        return creation.add(scope, {"company": "Kestrel Labs", "role": "Backend engineer"}, "applied")


def opened(page: Page, application: str) -> Locator:
    page.goto(f"/applications/{application}?tab=interviews")
    page.get_by_role("button", name="Schedule interview").first.click()
    return page.get_by_role("dialog", name="Schedule interview")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_nonexistent_or_ambiguous_time_is_reported_and_the_choice_saved(
    visits: Any, alice: Person, applied: str, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    dialog = opened(page, applied)
    dialog.get_by_label("Starts").fill(f"{next_change(True):%Y-%m-%dT%H:%M}")
    expect(dialog.get_by_text("02:30 doesn't exist on that day in Europe/Berlin")).to_be_visible()
    dialog.get_by_label("Starts").fill(f"{next_change(False):%Y-%m-%dT%H:%M}")
    which = dialog.get_by_label("02:30 occurs twice that night")
    expect(which).to_be_visible()
    expect(dialog.get_by_text("doesn't exist")).to_have_count(0)
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog.get_by_text("02:30 occurs twice that night. Choose which.")).to_be_visible()
    which.select_option("Second (UTC+1)")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("region", name="Interviews").get_by_role("link", name=re.compile("^Recruiter")).click()
    expect(page.get_by_role("button", name=re.compile(r"Edit Starts: .*02:30 \(UTC\+1\)"))).to_be_visible()


def test_a_time_typed_in_its_place_on_the_page_is_asked_about_too(
    visits: Any, alice: Person, applied: str
) -> None:
    page = visits(alice.user)
    dialog = opened(page, applied)
    dialog.get_by_label("Starts").fill(f"{next_change(False).replace(hour=10):%Y-%m-%dT%H:%M}")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("region", name="Interviews").get_by_role("link", name=re.compile("^Recruiter")).click()
    page.get_by_role("button", name=re.compile("Edit Starts")).click()
    facts = page.get_by_role("complementary", name="Details")
    facts.get_by_label("Starts", exact=True).fill(f"{next_change(False):%Y-%m-%dT%H:%M}")
    facts.get_by_role("button", name="Save").click()
    expect(facts.get_by_text("02:30 occurs twice that night. Choose which.")).to_be_visible()
    facts.get_by_label("02:30 occurs twice that night").select_option("First (UTC+2)")
    facts.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name=re.compile(r"Edit Starts: .*02:30 \(UTC\+2\)"))).to_be_visible()
    page.get_by_role("button", name="Move", exact=True).click()
    moving = page.get_by_role("dialog", name="Move interview")
    expect(moving.get_by_label("02:30 occurs twice that night")).to_have_value("0")
    moving.get_by_label("02:30 occurs twice that night").select_option("Second (UTC+1)")
    moving.get_by_role("button", name="Move interview").click()
    expect(page.get_by_role("button", name=re.compile(r"Edit Starts: .*02:30 \(UTC\+1\)"))).to_be_visible()
