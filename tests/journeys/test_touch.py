"""Touch on a phone: selected items are in view, and targets are large enough."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.services.interviews import scheduling

MET = """(el) => {
  el.scrollIntoView({ block: 'center', inline: 'center' });
  const box = el.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  const isMet = (dx, dy) => {
    const met = document.elementFromPoint(x + dx, y + dy);
    return met && (el.contains(met) || met.closest('label')?.control === el);
  };
  const reach = (dx, dy) => { let n = 0; while (n < 60 && isMet(dx * (n + 1), dy * (n + 1))) n += 1; return n; };
  return [reach(-1, 0) + 1 + reach(1, 0), reach(0, -1) + 1 + reach(0, 1)];
}"""
"""How far to both sides and up and down of a control's middle a finger still meets it."""


@pytest.fixture
def phone(visits: Any, alice: Person) -> Page:
    """Return Alice's phone."""
    at: Page = visits(alice.user, **PHONE)
    return at


@pytest.fixture
def pilot(alice: Person) -> str:
    """Return the id of Alice's application as a pilot, with a posting and an interview to join."""
    row_id = alice.add_application(
        "Tern", "Pilot", "applied", excitement="2", posting_url="https://tern.example/jobs/1"
    )
    soon = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "UTC"}
    alice.call(scheduling.schedule, row_id, soon | {"place": "https://meet.example/x"})
    return row_id


def target_size(control: Locator) -> list[int]:
    """Return the width and height of a control's touch target, once it is visible."""
    expect(control).to_be_visible()
    target: list[int] = control.evaluate(MET)
    return target


def test_the_chosen_tab_is_in_view_from_the_beginning_and_when_another_is_chosen(
    phone: Page, pilot: str
) -> None:
    phone.goto(f"/applications/{pilot}?tab=activity")
    tabs = phone.get_by_role("navigation", name="Application sections")
    expect(tabs.get_by_role("link", name="Activity")).to_be_in_viewport(ratio=0.9)
    assert phone.evaluate("scrollY") == 0
    tabs.get_by_role("link", name="Posting").press("Enter")
    expect(tabs.get_by_role("link", name="Posting")).to_have_attribute("aria-current", "page")
    expect(tabs.get_by_role("link", name="Contacts")).to_be_in_viewport(ratio=0.9)
    phone.goto(f"/applications/{pilot}")
    expect(tabs.get_by_role("link", name="Overview")).to_be_in_viewport(ratio=0.9)


def test_every_touch_target_is_large_enough(phone: Page, pilot: str) -> None:
    targets = {
        "/applications": [("checkbox", "Select Pilot at Tern")],
        "/applications?view=board": [("combobox", "Stage of Pilot at Tern"), ("button", "Score")],
        f"/applications/{pilot}": [
            ("combobox", "Stage of Pilot at Tern"),
            ("button", "Score"),
            ("button", "3 of 5"),
            ("button", "Edit Job posting URL"),
            ("link", "Open Job posting URL"),
        ],
        "/interviews": [("link", "Join technical interview")],
        "/": [("link", "All"), ("link", "Applied")],
        "/priorities": [("slider", "Momentum"), ("link", "Pilot at Tern"), ("checkbox", "Remote")],
        "/analytics": [("link", "Download as CSV: Rates")],
    }
    for place, controls in targets.items():
        phone.goto(place)
        for role, name in controls:
            control: Any = phone.get_by_role("main").get_by_role(role, name=name).first  # type: ignore[arg-type]
            width, height = target_size(control)
            assert width >= 44, (place, name, width)
            assert height >= 44, (place, name, height)
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, place


def test_the_stage_and_the_score_of_a_row_share_its_height(phone: Page, pilot: str) -> None:
    phone.goto("/applications")
    row = phone.get_by_role("row", name="Pilot")
    for control in (row.get_by_role("combobox"), row.get_by_role("button", name="Score")):
        assert target_size(control)[1] >= 36


def test_a_tap_next_to_the_checkbox_of_a_row_selects_it(phone: Page, pilot: str) -> None:
    phone.goto("/applications")
    box = phone.get_by_role("checkbox", name="Select Pilot at Tern")
    phone.get_by_role("row", name="Pilot").tap(position={"x": 4, "y": 4})
    expect(box).to_be_checked()
    expect(phone).to_have_url("/applications")


def test_moving_a_card_by_touch_moves_no_other_card(phone: Page, alice: Person) -> None:
    alice.add_application("Tern", "Pilot")
    phone.goto("/applications?view=board")
    stage = phone.get_by_role("combobox", name="Stage of Pilot at Tern")
    stage.tap()
    stage.select_option("Offer")
    expect(phone.get_by_role("region", name="Offer").get_by_role("combobox")).to_be_focused()
    expect(phone.get_by_role("region", name="Saved")).to_be_in_viewport()
