"""On a phone: what is chosen is in view, and a finger meets what it aims at."""

from typing import Any

import pytest
from browsing import PHONE
from playwright.sync_api import Page, expect

from tests.acting import Person
from tracker.services.interviews import scheduling
from tracker.shapes.people import Who


@pytest.fixture
def phone(visits: Any, alice: Who) -> Page:
    """Alice's phone."""
    at: Page = visits(alice, **PHONE)
    return at


@pytest.fixture
def pilot(alice: Who) -> str:
    """Alice's application as a pilot, with its posting, and an interview that can be joined; its identifier."""
    person = Person(alice)
    row_id = person.adds(
        "Tern", "Pilot", "applied", excitement="2", posting_url="https://tern.example/jobs/1"
    )
    soon = {"kind": "technical", "starts_at": "2027-01-12T10:00", "zone": "UTC"}
    person.does(scheduling.schedule, row_id, soon | {"place": "https://meet.example/x"})
    return row_id


def test_the_chosen_tab_is_in_view_from_the_beginning_and_when_another_is_chosen(
    phone: Page, pilot: str
) -> None:
    phone.goto(f"/applications/{pilot}?tab=activity")
    tabs = phone.get_by_role("navigation", name="Parts of the application")
    expect(tabs.get_by_role("link", name="Activity")).to_be_in_viewport(ratio=0.9)
    assert phone.evaluate("scrollY") == 0
    tabs.get_by_role("link", name="Posting").press("Enter")
    expect(tabs.get_by_role("link", name="Posting")).to_have_attribute("aria-current", "page")
    expect(tabs.get_by_role("link", name="Contacts")).to_be_in_viewport(ratio=0.9)
    phone.goto(f"/applications/{pilot}")
    expect(tabs.get_by_role("link", name="Overview")).to_be_in_viewport(ratio=0.9)


def test_a_card_that_is_moved_by_touch_takes_nobody_along(phone: Page, alice: Who) -> None:
    Person(alice).adds("Tern", "Pilot")
    phone.goto("/applications?view=board")
    stage = phone.get_by_role("combobox", name="Stage of Pilot at Tern")
    stage.tap()
    stage.select_option("Offer")
    expect(phone.get_by_role("region", name="Offer").get_by_role("combobox")).to_be_focused()
    expect(phone.get_by_role("region", name="Saved")).to_be_in_viewport()
