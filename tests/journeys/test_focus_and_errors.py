"""Errors are shown at their field, drafts stay where they were typed, and lists keep their position."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tests.support.visits import cookie_of
from tracker.services.interviews import scheduling
from tracker.services.interviews.state_changes import debrief


@pytest.fixture
def pilot(alice: Person) -> str:
    """Return the id of an application of Alice's."""
    return alice.add_application("Tern", "Pilot", excitement="3")


def test_each_column_that_is_chosen_leaves_room_for_the_role(alice_at: Page, pilot: str) -> None:
    alice_at.goto("/applications")
    role = alice_at.get_by_role("link", name="Pilot")
    alice_at.get_by_label("Columns").click()
    picker = alice_at.get_by_role("group", name="Columns")
    for box in picker.get_by_role("checkbox").all():
        box.check()
    expect(alice_at.get_by_role("columnheader")).to_have_count(14)
    assert (role.locator("..").bounding_box() or {"width": 0})["width"] > 150
    picker.get_by_role("checkbox").first.press("Escape")
    expect(picker).to_be_hidden()


def test_a_browser_that_is_cut_off_says_so_at_once(
    browser: Browser, base_url: str, alice: Person, pilot: str
) -> None:
    # Not Alice's browser of other journeys: in its console Chromium tells of each attempt to connect while it is cut off.
    with browser.new_context(base_url=base_url) as context:
        context.add_cookies([cookie_of(alice.user, base_url)])
        page = context.new_page()
        page.goto("/applications")
        lost = page.get_by_text("Connection lost.")
        expect(lost).to_be_hidden()
        context.set_offline(True)
        expect(lost).to_be_visible(timeout=2_000)
        context.set_offline(False)
        expect(lost).to_be_hidden()


def test_an_emptied_debrief_is_written_again_without_a_conflict(
    alice: Person, alice_at: Page, pilot: str
) -> None:
    details = {"kind": "technical", "starts_at": "2026-01-12T10:00", "zone": "UTC"}
    interview = alice.call(scheduling.schedule, pilot, details)
    alice.call(debrief, interview, "Fine talk", "", "")
    alice_at.goto(f"/interviews/{interview}")
    text = alice_at.get_by_role("textbox", name="Debrief")
    alice_at.get_by_role("button", name="Edit debrief").click()
    expect(text).to_be_focused()
    text.fill("")
    alice_at.get_by_role("button", name="Save debrief").click()
    expect(alice_at.get_by_text("Debrief saved")).to_be_visible()
    text.fill("A better word")
    alice_at.get_by_role("button", name="Save debrief").click()
    expect(alice_at.get_by_role("button", name="Edit debrief")).to_be_focused()
    expect(alice_at.get_by_text("A better word")).to_be_visible()


def test_a_form_that_is_refused_leads_to_its_first_wrong_field(alice_at: Page) -> None:
    alice_at.goto("/settings")
    goal, first = (alice_at.get_by_label(name) for name in ("Weekly goal", "Follow up after applying"))
    goal.fill("900")
    first.fill("0")
    save = alice_at.get_by_role("button", name="Save", exact=True)
    save.click()
    expect(goal).to_be_focused()
    goal.fill("9")
    save.click()
    expect(first).to_be_focused()


def test_weights_are_saved_despite_an_invalid_wish(alice_at: Page, pilot: str) -> None:
    alice_at.goto("/priorities")
    alice_at.get_by_label("Countries").fill("Atlantis")
    alice_at.get_by_role("slider", name="Excitement").press("ArrowLeft")
    alice_at.get_by_role("button", name="Save these weights").click()
    expect(alice_at.get_by_text("Priorities saved")).to_be_visible()
    expect(alice_at.get_by_text("Preview, not saved yet")).to_be_hidden()
    expect(alice_at.get_by_label("Countries")).to_have_value("Atlantis")
    alice_at.reload()
    expect(alice_at.get_by_role("slider", name="Excitement")).to_have_attribute("aria-valuetext", "medium")


def test_the_focus_returns_to_the_field_of_a_note_or_question(
    alice: Person, alice_at: Page, pilot: str
) -> None:
    soon: Any = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "UTC"}
    interview = alice.call(scheduling.schedule, pilot, soon)
    alice_at.goto(f"/applications/{pilot}?tab=notes")
    alice_at.get_by_role("main").get_by_role("button", name="Write").first.click()
    alice_at.get_by_role("textbox", name="Notes").fill("Asked for Bergen")
    alice_at.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(alice_at.get_by_role("button", name="Edit notes")).to_be_focused()
    alice_at.goto(f"/interviews/{interview}/practice")
    question = alice_at.get_by_role("textbox", name="Question")
    question.fill("Why Bergen?")
    question.press("Enter")
    expect(alice_at.get_by_text("1 question added")).to_be_visible()
    expect(question).to_be_focused()


WHOLE_WIDTH = """(field) => {
  const whole = field.cloneNode();
  whole.style.cssText = 'width: max-content; flex: none';
  field.after(whole);
  const width = whole.offsetWidth;
  whole.remove();
  return width;
}"""
"""How wide a field would be with room for all that it holds."""


@pytest.mark.parametrize(
    "screen", [{}, {"locale": "en-US"}, PHONE], ids=["laptop", "with am and pm", "phone"]
)
def test_a_date_and_time_that_is_edited_in_place_is_shown_whole(
    visits: Any, alice: Person, pilot: str, screen: dict[str, Any]
) -> None:
    meeting = alice.call(scheduling.schedule, pilot, {"starts_at": "2027-03-02T10:00"})
    page = visits(alice.user, **screen)
    page.goto(f"/interviews/{meeting}")
    page.get_by_role("button", name="Edit Starts").click()
    field = page.get_by_role("complementary", name="Details").get_by_label("Starts", exact=True)
    expect(field).to_be_visible()
    assert (field.bounding_box() or {"width": 0})["width"] >= field.evaluate(WHOLE_WIDTH)
