"""Keyboard use: no accidental key loses input, and the focus stays at the work."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.people import Person
from tracker.services.contacts import contact_changes
from tracker.services.interviews import scheduling
from tracker.services.letters import versions
from tracker.services.profile.edits import add_bullet

BUSY_ELSEWHERE = """(link) => {
  new MutationObserver((_, watch) => {
    if (document.querySelector('h1')) return;
    watch.disconnect();
    document.querySelector('.sidebar [href="/"].place').focus();
  }).observe(document.body, { childList: true, subtree: true });
  link.click();
}"""
"""Follows a link, and has the focus go to Today while what it leads to is still on its way."""


@pytest.fixture
def pilot(alice: Person) -> str:
    """Return the id of Alice's application as a pilot, with a deadline and a highest salary."""
    facts = {"deadline": "2026-12-31", "salary_to": "88000", "currency": "EUR", "salary_period": "year"}
    return alice.add_application(role="Pilot", company="Tern", **facts)


def test_a_half_typed_date_clears_nothing(alice: Person, alice_at: Page, pilot: str) -> None:
    alice_at.goto(f"/applications/{pilot}")
    alice_at.get_by_role("button", name="Edit Deadline").click()
    field = alice_at.locator(".fact input[type=date]")
    field.press("Delete")
    alice_at.keyboard.press("Enter")
    expect(field).to_be_focused()
    assert field.evaluate("el => el.validity.badInput")
    assert str(alice.row("application", pilot)["deadline"]) == "2026-12-31"
    alice_at.keyboard.press("Escape")
    expect(alice_at.get_by_role("button", name="Edit Deadline")).to_contain_text("31 Dec")


def test_a_reversed_range_is_reported_at_the_edited_field(alice_at: Page, pilot: str) -> None:
    alice_at.goto(f"/applications/{pilot}")
    alice_at.get_by_role("button", name="Edit Salary").click()
    typed = alice_at.get_by_role("textbox", name="Salary")
    expect(typed).to_have_value("up to 88000 EUR per year")
    typed.fill("99000–88000")
    typed.press("Enter")
    expect(alice_at.get_by_text("The minimum can't exceed the maximum.")).to_be_visible()
    expect(typed).to_have_value("99000–88000")


def test_the_focus_comes_back_to_the_fact_that_was_edited_or_left(alice_at: Page, pilot: str) -> None:
    alice_at.goto(f"/applications/{pilot}")
    company = alice_at.get_by_role("button", name="Edit Company:")
    for key in ("Enter", "Escape"):
        company.press("Enter")
        alice_at.get_by_role("textbox", name="Company").press("End")
        alice_at.keyboard.type("s")
        alice_at.keyboard.press(key)
        expect(company).to_be_focused()
    expect(company).to_contain_text("Terns")


def test_an_accidental_escape_keeps_an_edited_letter(alice: Person, alice_at: Page, pilot: str) -> None:
    alice.call(add_bullet, {"text": "Flew 40 ships", "skills": "Flying"})
    alice.call(versions.draft, pilot)
    alice_at.goto(f"/applications/{pilot}?tab=letter")
    edit = alice_at.get_by_role("button", name="Edit the letter")
    edit.press("Enter")
    text = alice_at.get_by_role("textbox", name="Text of the letter")
    text.press("Control+End")
    alice_at.keyboard.type(" And I can land.")
    alice_at.keyboard.press("Escape")
    expect(alice_at.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
    assert text.input_value().endswith("And I can land.")
    alice_at.keyboard.press("Escape")
    expect(text).to_be_hidden()
    expect(edit).to_be_focused()


def test_a_follow_up_is_logged_with_its_way_by_keys_alone(alice_at: Page, pilot: str) -> None:
    alice_at.goto(f"/applications/{pilot}?tab=activity")
    expect(alice_at.get_by_text("Added to Saved")).to_be_visible()
    alice_at.keyboard.press("f")
    expect(alice_at.get_by_role("radio", name="Email")).to_be_focused()
    alice_at.keyboard.press("ArrowRight")
    alice_at.keyboard.press("Tab")
    alice_at.keyboard.type("Asked Ida for a date")
    alice_at.keyboard.press("Enter")
    expect(alice_at.get_by_text("Followed up by phone: Asked Ida for a date")).to_be_visible()
    expect(alice_at.get_by_role("dialog", name="Log a follow-up")).to_be_hidden()


def test_the_next_line_has_the_focus_when_one_is_done_and_the_heading_after_undo(
    alice: Person, alice_at: Page
) -> None:
    for company in ("Tern", "Gull"):
        alice.add_application(company, "Pilot", "applied", applied_on="2026-01-05", follow_up_on="2026-01-12")
    alice_at.goto("/")
    logs = alice_at.get_by_role("button", name="Log follow-up")
    expect(logs).to_have_count(2)
    logs.first.press("Enter")
    expect(logs).to_have_count(1)
    expect(alice_at.locator(".opens:focus")).to_have_text("Pilot at Gull")
    alice_at.get_by_role("button", name="Undo").press("Enter")
    expect(logs).to_have_count(2)
    expect(alice_at.get_by_role("heading", level=1)).to_be_focused()


def test_the_focus_follows_a_card_that_a_key_moves_and_brings_back(
    alice: Person, alice_at: Page, pilot: str
) -> None:
    alice.add_application("Gull", "Navigator")
    alice_at.goto("/applications?view=board")
    saved, applied = (alice_at.get_by_role("region", name=stage) for stage in ("Saved", "Applied"))
    saved.get_by_role("link", name="Pilot").press("2")
    expect(applied.get_by_role("link", name="Pilot")).to_be_focused()
    alice_at.keyboard.press("z")
    expect(saved.get_by_role("link", name="Pilot")).to_be_focused()


def test_the_next_card_has_the_focus_when_the_moved_one_is_no_longer_shown(
    alice: Person, alice_at: Page, pilot: str
) -> None:
    alice.add_application("Gull", "Navigator")
    alice_at.goto("/applications?view=board&stage=saved")
    alice_at.get_by_role("link", name="Pilot").press("4")
    expect(alice_at.get_by_role("link", name="Pilot")).to_have_count(0)
    expect(alice_at.get_by_role("link", name="Navigator")).to_be_focused()


@pytest.mark.parametrize(
    ("place", "link", "heading"),
    [
        ("/applications", "Pilot", "Pilot"),
        ("/contacts", "Mira Solberg", "Mira Solberg"),
        ("/interviews", "Technical, Pilot at Tern", "Technical, round 1"),
        ("/interviews?view=month&day=2027-01-12", "Technical", "Technical, round 1"),
    ],
)
def test_the_heading_of_what_was_opened_has_the_focus_once_it_is_there(
    alice: Person, alice_at: Page, pilot: str, place: str, link: str, heading: str
) -> None:
    alice.call(contact_changes.add, {"name": "Mira Solberg"})
    soon = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "UTC"}
    alice.call(scheduling.schedule, pilot, soon)
    alice_at.goto(place)
    alice_at.get_by_role("main").get_by_role("link", name=link).press("Enter")
    expect(alice_at.get_by_role("heading", level=1, name=heading)).to_be_focused()


def test_a_late_heading_does_not_steal_the_focus(alice_at: Page, pilot: str) -> None:
    alice_at.goto("/applications")
    main = alice_at.get_by_role("main")
    main.get_by_role("link", name="Pilot").evaluate(BUSY_ELSEWHERE)
    expect(alice_at.get_by_role("heading", level=1, name="Pilot")).to_be_visible()
    expect(
        alice_at.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Today")
    ).to_be_focused()


@pytest.mark.parametrize(
    ("place", "button", "field"),
    [
        ("Settings", "Delete account", "Confirmation"),
        ("Applications", "Add application", "Company"),
        ("Contacts", "Add contact", "Name"),
    ],
)
def test_the_first_field_of_a_dialog_has_the_focus(
    alice_at: Page, pilot: str, place: str, button: str, field: str
) -> None:
    alice_at.goto("/")
    alice_at.get_by_role("navigation", name="Main navigation").get_by_role("link", name=place).first.click()
    expect(alice_at.get_by_role("heading", name=place, level=1)).to_be_visible()
    alice_at.get_by_role("main").get_by_role("button", name=button).first.press("Enter")
    expect(alice_at.get_by_role("dialog").get_by_role("textbox", name=field)).to_be_focused()


LEAVE_AND_ADD = """() => {
    document.querySelector('nav[aria-label="Main navigation"] a[href="/contacts"]').click();
    document.querySelector('main [data-opens=adding]').click();
}"""


def test_a_dialog_that_is_opened_on_the_page_being_left_opens_on_the_next(alice_at: Page, pilot: str) -> None:
    alice_at.goto("/")
    expect(alice_at.get_by_text("Alice", exact=True)).to_be_visible()
    alice_at.evaluate(LEAVE_AND_ADD)
    alice_at.wait_for_url("**/contacts")
    dialog = alice_at.get_by_role("dialog", name="Add application")
    expect(dialog.get_by_role("textbox", name="Company")).to_be_focused()
    alice_at.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    alice_at.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Today").click()
    expect(alice_at.get_by_role("heading", level=1)).to_have_text("Today")
    expect(dialog).to_be_hidden()


PRESSED_AS_THE_PAGE_COMES = """name => {
  const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
  const watch = new MutationObserver(() => {
    if (document.querySelector('h1')?.textContent === name) { watch.disconnect(); press(); }
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def test_a_key_pressed_in_the_moment_a_page_comes_is_not_undone_by_its_arrival(alice_at: Page) -> None:
    alice_at.goto("/applications")
    expect(alice_at.locator("[data-owner]:not([data-owner=''])")).to_have_count(1)
    alice_at.evaluate(PRESSED_AS_THE_PAGE_COMES, "Contacts")
    alice_at.get_by_role("link", name="Contacts").first.click()
    palette = alice_at.get_by_role("dialog", name="Search or run a command")
    expect(palette.get_by_role("searchbox")).to_be_focused()
    palette.get_by_role("link", name="Analytics").click()
    expect(alice_at.get_by_role("heading", name="Analytics", level=1)).to_be_visible()
    expect(alice_at.get_by_role("dialog")).to_have_count(0)
