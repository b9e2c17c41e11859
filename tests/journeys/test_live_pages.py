"""Two tabs of one user: a change in one shows in the other, which loses no input."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.people import Person
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.services.interviews import scheduling, state_changes

WIDE: Any = {"width": 1920, "height": 1000}


def add_application(user: Any, **more: str) -> str:
    """Add an application of a user; return its id."""
    with scoped(user) as scope:
        return creation.add(scope, {"company": "Halcyon Maps", "role": "Cartographer", **more}, "saved")


def test_a_card_moved_in_one_tab_moves_in_the_other_under_what_is_being_typed(
    visits: Any, alice: Person
) -> None:
    add_application(alice.user)
    first, other = (visits(alice.user, viewport=WIDE) for _ in range(2))
    for page in (first, other):
        page.goto("/applications?view=board")
        expect(page.get_by_role("region", name="Saved").get_by_role("article")).to_have_count(1)
    other.get_by_role("button", name="Add application").first.click()
    dialog = other.get_by_role("dialog", name="Add application")
    dialog.get_by_label("Role", exact=True).fill("Half a word")
    first.get_by_role("region", name="Saved").get_by_role("article").drag_to(
        first.get_by_role("region", name="Screening")
    )
    moved = other.get_by_role("region", name="Screening", include_hidden=True).get_by_role(
        "article", include_hidden=True
    )
    expect(moved).to_have_count(1)
    expect(dialog.get_by_label("Role", exact=True)).to_have_value("Half a word")
    expect(dialog.get_by_label("Role", exact=True)).to_be_focused()


def test_a_note_being_written_stays_while_the_page_around_it_follows(visits: Any, alice: Person) -> None:
    address = f"/applications/{add_application(alice.user, notes='As it was')}"
    first, other = visits(alice.user), visits(alice.user)
    for page in (first, other):
        page.goto(address)
    write(other, "Mine, not yet saved")
    first.get_by_role("button", name=re.compile("Edit Location")).click()
    first.get_by_role("textbox", name="Location").fill("Bergen")
    first.keyboard.press("Enter")
    expect(other.get_by_role("button", name="Edit Location: Bergen")).to_be_visible()
    write(first, "Written elsewhere")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Written elsewhere")).to_be_visible()
    expect(other.get_by_text("Edited the notes").first).to_be_visible()
    notes = other.get_by_role("textbox", name="Notes")
    expect(notes).to_have_value("Mine, not yet saved")
    expect(notes).to_be_focused()
    other.get_by_role("button", name="Save", exact=True).click()
    clash = other.get_by_role("alertdialog", name="Two texts of one field")
    expect(clash.get_by_label("Yours")).to_have_value("Mine, not yet saved")
    expect(clash.get_by_label("The other")).to_have_value("Written elsewhere")


def write(page: Page, words: str) -> None:
    """Open the notes and write over them."""
    page.get_by_role("button", name="Edit notes").click()
    page.get_by_role("textbox", name="Notes").fill(words)


def test_a_debrief_being_written_is_not_swept_away_by_one_saved_elsewhere(visits: Any, alice: Person) -> None:
    typed = {"kind": "technical", "starts_at": "2026-01-12T10:00", "zone": "Europe/Berlin"}
    application_id = add_application(alice.user)
    with scoped(alice.user) as scope:
        interview_id = scheduling.schedule(scope, application_id, typed)
    page = visits(alice.user)
    page.goto(f"/interviews/{interview_id}")
    page.get_by_label("Debrief", exact=True).fill("Mine, not yet saved")
    with scoped(alice.user) as scope:
        state_changes.debrief(scope, interview_id, "Written elsewhere", "4", "")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(page.get_by_label("Debrief", exact=True)).to_have_value("Mine, not yet saved")
    page.get_by_role("button", name="Save debrief").click()
    expect(page.get_by_label("The other")).to_have_value("Written elsewhere")
