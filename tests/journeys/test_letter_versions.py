"""Versions of a letter in the browser: compared, chosen, sent, and sending undone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.services.letters.versions import draft, edit
from tracker.services.preferences import learn_zone
from tracker.services.profile.edits import add_bullet

DRAFTED = "I am applying for the position of Backend engineer."
BY_HAND = "I am writing for the role of Backend engineer."


@pytest.fixture
def of(alice: Person) -> str:
    """Return an application with a draft, an edited version, and another draft, which is shown."""
    alice.call(learn_zone, "Europe/Berlin")
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL"})
    application = alice.add_application("Brightwater", "Backend engineer")
    first = alice.call(draft, application)
    alice.call(edit, first, f"Dear Brightwater team,\n\n{BY_HAND}\n\nKind regards")
    alice.call(draft, application, "formal", "short")
    return application


def letters_of(person: Person) -> int:
    return int(person.rows("SELECT count(*) AS n FROM letter")[0]["n"])


@pytest.mark.parametrize("is_answered", [False, True], ids=["before the answer", "after the answer"])
def test_a_double_click_removes_one_version(visits: Any, alice: Person, of: str, is_answered: bool) -> None:
    page: Page = visits(alice.user)
    page.goto(f"/applications/{of}?tab=letter")
    button = page.get_by_role("button", name="Remove this version").locator("visible=true")
    box = button.bounding_box() or {}
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*at)
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        if is_answered:
            expect(page.get_by_text("Versions (2)")).to_be_visible()
    expect(page.get_by_text("Version removed")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text("Versions (2)")).to_be_visible()
    assert letters_of(alice) == 2


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_two_versions_are_compared_side_by_side_and_one_is_chosen(
    visits: Any, alice: Person, of: str, screen: Any
) -> None:
    page: Page = visits(alice.user, **screen)
    page.goto(f"/applications/{of}?tab=letter")
    page.get_by_text("Versions (3)").click()
    page.get_by_role("button", name="Compare", exact=True).click()
    two = page.get_by_role("region", name="Two versions compared")
    expect(two.get_by_text("Earlier: Edited by you")).to_be_visible()
    page.get_by_role("button", name="Show the version: Edited by you").click()
    expect(two.get_by_text("Shown above")).to_have_count(1)
    two.get_by_label("Compare with").select_option(
        label="Drafted from your bullets, plain and medium: just now"
    )
    expect(two.get_by_text("Earlier: Drafted from your bullets, plain and medium")).to_be_visible()
    expect(two.get_by_role("deletion").first).to_have_text("removed: applying")
    expect(two.get_by_role("insertion").first).to_have_text("added: writing")
    line = two.get_by_role("listitem").filter(has=page.get_by_role("deletion")).first
    was, became = (
        line.get_by_role(kind).first.bounding_box() or {} for kind in ("deletion", "insertion")
    )  # fmt: skip
    if screen:
        assert became["y"] > was["y"] + was["height"]
        expect(line.get_by_text("Earlier:")).to_be_visible()
    else:
        assert became["x"] > was["x"] + was["width"]
    page.get_by_role("button", name="Edit the letter").click()
    page.get_by_role("textbox", name="Text of the letter").fill(
        f"Dear Brightwater team,\n\n{DRAFTED}\n\nKind regards"
    )
    page.get_by_role("button", name="Save letter").click()
    expect(two.get_by_text("writing")).to_have_count(0)
    page.get_by_role("button", name="Close the comparison").click()
    expect(two).to_have_count(0)
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_focused()


def test_undoing_a_send_restores_the_previous_sent_version(visits: Any, alice: Person, of: str) -> None:
    page: Page = visits(alice.user)
    page.goto(f"/applications/{of}?tab=letter")
    letter = page.get_by_role("region", name="Letter", exact=True)
    page.get_by_role("button", name="Mark as sent").click()
    expect(letter.get_by_text("sent ").first).to_be_visible()
    page.get_by_text("Versions (3)").click()
    letter.get_by_role("button", name="Edited by you").click()
    expect(letter.get_by_text(BY_HAND)).to_be_visible()
    use = letter.get_by_text("Use it anyway")
    if use.is_visible():
        use.click()
    page.get_by_role("button", name="Mark as sent").click()
    expect(letter.get_by_role("button", name="Mark as sent")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone", exact=True)).to_be_visible()
    expect(letter.get_by_role("listitem").filter(has_text="sent ")).to_have_count(1)
    expect(letter.get_by_role("listitem").filter(has_text="sent ")).to_contain_text("Drafted")
