"""Notices report an action once, and name what can still be undone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.people import Person
from tracker.services.preferences import learn_zone

SAID = "Surveyor at Morrow moved to Offer"
LATER = "sessionStorage.setItem('notice', JSON.stringify({ ...JSON.parse(sessionStorage.getItem('notice')), at: Date.now() - 10500 }))"
"""As if the notice had been shown for all of its time."""


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice with an application."""
    alice.call(learn_zone, "Europe/Berlin")
    return alice


def moved(page: Page, seeker: Person) -> Locator:
    """Return the notice of a moved application, just shown."""
    row_id = seeker.add_application("Morrow", "Surveyor")
    page.goto(f"/applications/{row_id}")
    page.get_by_label("Stage of Surveyor at Morrow").select_option("offer")
    notice = page.locator(".notice").filter(has_text=SAID)
    expect(notice).to_be_visible()
    return notice


def stage(seeker: Person) -> str:
    return str(seeker.rows("SELECT stage FROM application")[0]["stage"])


def gone(page: Page, seeker: Person) -> Locator:
    """Return the same notice, hidden after its time on another page."""
    notice = moved(page, seeker)
    page.evaluate(LATER)
    page.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Contacts").click()
    expect(page.get_by_role("heading", name="Contacts", level=1)).to_be_visible()
    expect(notice).to_be_hidden()
    return notice


def test_a_notice_does_not_come_back_on_other_pages(alice_at: Page, seeker: Person) -> None:
    notice = gone(alice_at, seeker)
    alice_at.get_by_role("link", name="Profile").click()
    expect(alice_at.get_by_role("heading", name="What letters can say about you")).to_be_visible()
    expect(notice).to_be_hidden()


def test_a_notice_of_the_page_that_is_left_is_read_to_its_end(alice_at: Page, seeker: Person) -> None:
    row_id = seeker.add_application("Morrow", "Surveyor")
    alice_at.goto(f"/applications/{row_id}")
    alice_at.get_by_role("button", name="Delete application").click()
    expect(alice_at.get_by_role("heading", name="Applications", level=1)).to_be_visible()
    expect(alice_at.get_by_text("Surveyor at Morrow deleted")).to_be_visible()


def test_the_key_for_undo_first_says_what_it_would_undo(alice_at: Page, seeker: Person) -> None:
    notice = gone(alice_at, seeker)
    alice_at.keyboard.press("z")
    expect(notice).to_be_visible()
    assert stage(seeker) == "offer"
    alice_at.keyboard.press("z")
    expect(alice_at.get_by_text("Undone", exact=True)).to_be_visible()
    assert stage(seeker) == "saved"


def test_the_palette_names_what_it_would_undo(alice_at: Page, seeker: Person) -> None:
    gone(alice_at, seeker)
    alice_at.keyboard.press("Control+k")
    alice_at.get_by_role("searchbox", name="Search or run a command").fill("undo")
    alice_at.get_by_role("button", name=f"Undo: {SAID}").click()
    expect(alice_at.get_by_text("Undone", exact=True)).to_be_visible()
    assert stage(seeker) == "saved"


def test_a_double_click_on_undo_undoes_once_and_says_so(alice_at: Page, seeker: Person) -> None:
    undo = moved(alice_at, seeker).get_by_role("button", name=f"Undo: {SAID}")
    undo.evaluate("button => { button.click(); button.removeAttribute('aria-busy'); button.click(); }")
    expect(alice_at.get_by_text("Undone", exact=True)).to_be_visible()
    expect(alice_at.locator(".notice.trouble")).to_have_count(0)
    assert stage(seeker) == "saved"
