"""A whole job search in the browser, from the first application to the offer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tests.support.server import WebServer

WIDE: Any = {"width": 1920, "height": 1000}


def add(page: Page, company: str, role: str, **more: str) -> None:
    """Add an application through the dialog."""
    page.get_by_role("button", name="Add application").first.click()
    dialog = page.get_by_role("dialog", name="Add application")
    dialog.get_by_label("Company").fill(company)
    dialog.get_by_label("Role", exact=True).fill(role)
    for label, value in more.items():
        dialog.get_by_label(label).fill(value)
    dialog.get_by_role("button", name="Add application").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name=role).first).to_be_visible()


def test_the_first_start_leads_to_sign_in_and_to_the_first_application(
    browser: Browser, base_url: str, served: WebServer
) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("One-time address").fill(served.sign_in_address)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    expect(page.get_by_role("heading", name="Add your first application")).to_be_visible()
    add(page, "Kestrel Labs", "Platform engineer")
    expect(
        page.get_by_role("status").filter(has_text="Platform engineer at Kestrel Labs added")
    ).to_be_visible()
    context.close()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_search_from_the_first_application_to_a_rejection_and_back(
    visits: Any, alice: Person, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    page.goto("/applications")
    add(page, "Brightwater", "Backend engineer")
    page.get_by_role("link", name="Backend engineer").click()
    expect(page).to_have_title("Backend engineer at Brightwater · Pursuit")

    page.get_by_role("button", name=re.compile("Edit Location")).click()
    page.get_by_role("textbox", name="Location").fill("London")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Edit Location: London")).to_be_visible()

    page.get_by_label("Stage of Backend engineer at Brightwater").select_option("applied")
    expect(page.get_by_text("moved to Applied")).to_be_visible()
    page.get_by_label("Stage of Backend engineer at Brightwater").select_option("closed:rejected")
    expect(page.get_by_text("closed as rejected").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone", exact=True)).to_be_visible()
    expect(page.get_by_label("Stage of Backend engineer at Brightwater")).to_have_value("applied")

    page.reload()
    expect(page.get_by_label("Stage of Backend engineer at Brightwater")).to_have_value("applied")
    expect(page.get_by_role("button", name="Edit Location: London")).to_be_visible()
    expect(page.get_by_text("Moved from Saved to Applied")).to_be_visible()


def test_a_card_is_dragged_to_another_stage_and_the_list_agrees(page: Page) -> None:
    page.set_viewport_size(WIDE)
    page.goto("/applications?view=board")
    add(page, "Papermill", "Data engineer")
    saved, screening = page.get_by_role("region", name="Saved"), page.get_by_role("region", name="Screening")
    saved.get_by_role("article").drag_to(screening)
    expect(screening.get_by_role("link", name="Data engineer")).to_be_visible()
    expect(saved.get_by_role("article")).to_have_count(0)
    expect(page.get_by_text("Data engineer at Papermill moved to Screening")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_label("Stage of Data engineer at Papermill")).to_have_value("screening")


def test_a_card_dropped_on_closed_is_asked_how_it_ended(page: Page) -> None:
    page.set_viewport_size(WIDE)
    page.goto("/applications?view=board")
    add(page, "Papermill", "Data engineer")
    page.get_by_role("region", name="Saved").get_by_role("article").drag_to(
        page.get_by_role("region", name="Closed")
    )
    page.get_by_role("dialog", name="How did it end?").get_by_role("button", name="Withdrawn").click()
    closed = page.get_by_role("region", name="Closed")
    expect(closed.get_by_label("Stage of Data engineer at Papermill")).to_have_value("closed:withdrawn")


def test_search_filters_and_view_are_in_the_address(page: Page) -> None:
    page.goto("/applications")
    add(page, "Café Zürich AG", "Backend engineer")
    add(page, "Morrow", "Data engineer")
    page.get_by_label("Search applications").fill("cafe zuri")
    expect(page.get_by_role("link", name="Backend engineer")).to_be_visible()
    expect(page.get_by_role("link", name="Data engineer")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"q=cafe\+zuri"))
    page.reload()
    expect(page.get_by_label("Search applications")).to_have_value("cafe zuri")
    expect(page.get_by_role("link", name="Data engineer")).to_have_count(0)
    page.get_by_label("Search applications").fill("bakend")
    expect(page.get_by_text("No exact matches")).to_be_visible()
    page.get_by_label("Search applications").fill("zzzzqqq")
    expect(page.get_by_role("heading", name="No results")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("link", name="Data engineer")).to_be_visible()
    expect(page.get_by_label("Search applications")).to_have_value("")


def test_bulk_moves_tags_and_deletions_are_undone(page: Page) -> None:
    page.goto("/applications")
    for number in range(3):
        add(page, f"Company {number}", f"Role {number}")
    page.get_by_label("Select all on this page").click()
    page.get_by_label("Move selected to").select_option("applied")
    expect(page.get_by_text("3 applications moved to Applied")).to_be_visible()
    page.get_by_label("Tag for selected").fill("berlin")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_text("Tag berlin added to 3 applications")).to_be_visible()
    page.get_by_role("region", name="Selected applications").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("3 applications deleted")).to_be_visible()
    expect(page.get_by_role("link", name="Role 1")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Role 1")).to_be_visible()
    expect(page.get_by_label("Stage of Role 1 at Company 1")).to_have_value("applied")


def test_a_likely_duplicate_is_warned_of_and_never_blocked(page: Page) -> None:
    page.goto("/applications")
    add(page, "Fjordbank", "Backend engineer")
    page.get_by_role("button", name="Add application").first.click()
    dialog = page.get_by_role("dialog", name="Add application")
    dialog.get_by_label("Company").fill("fjordbank")
    dialog.get_by_label("Role", exact=True).fill("Senior backend engineer")
    dialog.get_by_label("Location").focus()
    expect(dialog.get_by_text("You may have added this already")).to_be_visible()
    dialog.get_by_role("button", name="Add application").click()
    expect(page.get_by_role("link", name="Senior backend engineer")).to_be_visible()


def test_a_country_and_a_salary_are_accepted_as_people_write_them(page: Page) -> None:
    page.goto("/applications")
    page.get_by_role("button", name="Add application").first.click()
    dialog = page.get_by_role("dialog", name="Add application")
    dialog.get_by_label("Company").fill("Fjordbank")
    dialog.get_by_label("Role", exact=True).fill("Cartographer")
    dialog.get_by_text("More details").click()
    dialog.get_by_label("Country").press_sequentially("Germany")
    dialog.get_by_label("Salary from").fill("€60k–70k a year")
    dialog.get_by_role("button", name="Add application").click()
    page.get_by_role("link", name="Cartographer").click()
    expect(page.get_by_role("button", name="Edit Country: Germany")).to_be_visible()
    expect(page.get_by_role("button", name="Edit Salary: €60,000 – €70,000 a year")).to_be_visible()


def test_an_invalid_input_is_reported_at_its_field_and_no_input_is_lost(page: Page) -> None:
    page.goto("/applications")
    page.get_by_role("button", name="Add application").first.click()
    dialog = page.get_by_role("dialog", name="Add application")
    dialog.get_by_label("Role", exact=True).fill("Tester")
    dialog.get_by_label("Job posting URL").fill("ftp://nowhere")
    dialog.get_by_role("button", name="Add application").click()
    expect(dialog.get_by_text("Enter a company.")).to_be_visible()
    expect(dialog.get_by_text("Use a web address")).to_be_visible()
    expect(dialog.get_by_label("Role", exact=True)).to_have_value("Tester")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("n")
    expect(dialog.get_by_label("Role", exact=True)).to_have_value("Tester")


def test_everything_works_by_keyboard(page: Page) -> None:
    page.goto("/applications")
    add(page, "Tern", "Older role")
    add(page, "Tern", "Newer role")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Newer role")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Older role")).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_label("Stage of Older role at Tern")).to_have_value("screening")
    expect(page.get_by_text("moved to Screening")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_label("Stage of Older role at Tern")).to_have_value("saved")
    page.keyboard.press("/")
    expect(page.get_by_label("Search applications")).to_be_focused()
    page.keyboard.type("newer")
    expect(page.get_by_role("link", name="Older role")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("older")
    palette = page.get_by_role("dialog", name="Search or run a command")
    expect(palette.get_by_role("link", name=re.compile("Older role"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Older role")).to_be_visible()


def test_two_tabs_that_write_the_same_note_lose_neither_text(visits: Any, alice: Person) -> None:
    page = visits(alice.user)
    page.goto("/applications")
    add(page, "Quillon", "Engineering lead")
    page.get_by_role("link", name="Engineering lead").click()
    expect(page.get_by_role("heading", level=1, name="Engineering lead")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    for tab, text in ((page, "Text of the first tab"), (other, "Text of the second tab")):
        tab.get_by_role("button", name="Write a note").click()
        tab.get_by_role("textbox", name="Notes").fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Text of the first tab")).to_be_visible()
    other.get_by_role("button", name="Save").click()
    clash = other.get_by_role("alertdialog")
    expect(clash.get_by_label("Yours")).to_have_value("Text of the second tab")
    expect(clash.get_by_label("The other")).to_have_value("Text of the first tab")
    clash.get_by_label("Yours").fill("Both texts, made one")
    clash.get_by_role("button", name="Keep mine").click()
    expect(other.get_by_text("Both texts, made one")).to_be_visible()
    expect(other.get_by_role("alertdialog")).to_have_count(0)


def test_another_user_finds_no_application_page(visits: Any, alice: Person, bob: Person) -> None:
    hers = visits(alice.user)
    hers.goto("/applications")
    add(hers, "Verdant Grid", "Secret role")
    hers.get_by_role("link", name="Secret role").click()
    expect(hers.get_by_role("heading", level=1, name="Secret role")).to_be_visible()
    his = visits(bob.user)
    his.goto(hers.url)
    expect(
        his.get_by_role("heading", level=1, name="This application doesn't exist, or isn't yours")
    ).to_be_visible()
    expect(his.get_by_text("Secret role")).to_have_count(0)
