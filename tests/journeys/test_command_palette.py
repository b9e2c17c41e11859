"""Command palette: every command, found by a few letters."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.people import Person


@pytest.fixture
def pilot(alice: Person) -> str:
    """Return the id of Alice's application as a pilot."""
    return alice.add_application(role="Pilot", company="Tern")


def choose(page: Page, words: str, name: str) -> None:
    """Open the palette, type a few letters, and press the command."""
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Search or run a command")
    page.keyboard.type(words)
    expect(palette.get_by_role("button", name="Add application")).to_be_hidden()
    palette.get_by_role("button", name=name).click()
    expect(palette).to_be_hidden()


def test_an_interview_and_a_contact_are_begun_from_any_page(alice_at: Page, pilot: str) -> None:
    alice_at.goto("/settings")
    expect(alice_at.get_by_role("heading", level=1)).to_be_visible()
    choose(alice_at, "sch int", "Schedule an interview")
    dialog = alice_at.get_by_role("dialog", name="Schedule interview")
    dialog.get_by_label("Application").select_option("Pilot at Tern")
    dialog.get_by_label("Starts").fill("2027-01-12T10:00")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(alice_at.get_by_text("scheduled")).to_be_visible()
    choose(alice_at, "contact", "Add contact")
    expect(alice_at.get_by_role("dialog", name="Add contact")).to_be_visible()


def test_an_application_is_moved_and_closed_from_its_page(alice_at: Page, pilot: str) -> None:
    alice_at.goto(f"/applications/{pilot}")
    stage = alice_at.get_by_label("Stage of Pilot at Tern")
    expect(stage).to_have_value("saved")
    choose(alice_at, "mvof", "Move to Offer")
    expect(stage).to_have_value("offer")
    choose(alice_at, "close rej", "Close as rejected")
    expect(stage).to_have_value("closed:rejected")
    alice_at.get_by_role("button", name="Edit Location").click()
    alice_at.get_by_role("textbox", name="Location").fill("Oslo")
    alice_at.keyboard.press("Enter")
    expect(alice_at.get_by_text("Location saved")).to_be_visible()
    alice_at.get_by_role("button", name="Undo").click()
    expect(alice_at.get_by_role("button", name=re.compile(r"Edit Location:\s*$"))).to_be_visible()
