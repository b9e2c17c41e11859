"""A user without a name is asked for one, calmly and once."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.people import Person, newcomer


@pytest.fixture
def nameless(database_url: str) -> Person:
    return newcomer("")


def test_a_name_is_entered_on_the_first_page(visits: Any, nameless: Person) -> None:
    page: Page = visits(nameless.user)
    page.goto("/")
    prompt = page.get_by_role("form", name="Your name")
    prompt.get_by_label("Your name").fill(" ")
    prompt.get_by_role("button", name="Save name").click()
    expect(prompt.get_by_text("A name has 1 to 200 characters.")).to_be_visible()
    prompt.get_by_label("Your name").fill("Nia Okafor")
    prompt.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Name saved")).to_be_visible()
    expect(prompt).to_be_hidden()
    expect(page.get_by_role("navigation").get_by_text("Nia Okafor")).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_role("main").get_by_label("Name", exact=True)).to_have_value("Nia Okafor")


def test_the_question_is_skipped_for_good_and_comes_beside_the_letter_too(
    visits: Any, nameless: Person
) -> None:
    application = nameless.add_application("Brightwater", "Engineer")
    page: Page = visits(nameless.user)
    page.goto(f"/applications/{application}?tab=letter")
    prompt = page.get_by_role("form", name="Your name")
    expect(prompt).to_be_visible()
    page.goto("/")
    prompt.get_by_role("button", name="Not now").click()
    expect(prompt).to_be_hidden()
    page.goto("/")
    expect(
        page.get_by_role("button", name="Add your first application")
        .or_(page.get_by_text("Recent activity"))
        .first
    ).to_be_visible()
    expect(prompt).to_be_hidden()
