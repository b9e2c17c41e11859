"""Ways around: the menu of a phone, keys that work on every page, and ranges of rows."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.people import Person


def test_the_phones_menu_leads_to_every_other_page(visits: Any, alice: Person) -> None:
    page: Page = visits(alice.user, viewport={"width": 390, "height": 844})
    page.goto("/")
    for name in ("Priorities", "Contacts", "Profile", "Analytics", "Settings"):
        page.get_by_role("button", name="More").click()
        page.locator("#more").get_by_role("link", name=name).click()
        expect(page).to_have_url(re.compile(f"/{name.lower()}$"))
        expect(page.locator("#more")).to_be_hidden()


def test_the_phones_menu_closes_by_escape_and_signs_out(visits: Any, alice: Person) -> None:
    page: Page = visits(alice.user, viewport={"width": 390, "height": 844})
    page.goto("/contacts")
    page.get_by_role("button", name="More").click()
    page.keyboard.press("Escape")
    expect(page.locator("#more")).to_be_hidden()
    page.get_by_role("button", name="More").click()
    page.locator("#more").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_new_application_is_a_key_away_on_every_page(alice_at: Page) -> None:
    for path in ("/priorities", "/settings", "/analytics", "/compare"):
        alice_at.goto(path)
        expect(alice_at.get_by_role("heading", level=1)).to_be_visible()
        alice_at.keyboard.press("n")
        expect(alice_at.get_by_role("dialog", name="Add application")).to_be_visible()
        alice_at.keyboard.press("Escape")


def test_the_palette_leads_to_the_priorities_and_signs_out(alice_at: Page) -> None:
    alice_at.goto("/")
    alice_at.keyboard.press("Control+k")
    palette = alice_at.get_by_role("dialog", name="Search or run a command")
    palette.get_by_role("searchbox").fill("priorit")
    palette.get_by_role("link", name="Priorities").click()
    expect(alice_at).to_have_url(re.compile("/priorities$"))
    alice_at.keyboard.press("Control+k")
    palette.get_by_role("searchbox").fill("sign out")
    palette.get_by_role("button", name="Sign out").click()
    expect(alice_at).to_have_url(re.compile("/sign-in"))


def test_a_stage_key_moves_every_selected_application(alice_at: Page, alice: Person) -> None:
    ids = [alice.add_application(f"Company {number}") for number in range(3)]
    alice_at.goto("/applications")
    for number in (0, 1):
        alice_at.get_by_label(f"Select Engineer at Company {number}").check()
    alice_at.get_by_role("link", name="Engineer").first.focus()
    alice_at.keyboard.press("3")
    expect(alice_at.get_by_text("2 applications moved to Screening")).to_be_visible()
    assert [alice.row("application", row_id)["stage"] for row_id in ids] == [
        "screening",
        "screening",
        "saved",
    ]


def test_a_click_with_shift_selects_every_row_between(alice_at: Page, alice: Person) -> None:
    for number in range(5):
        alice.add_application(f"Company {number}")
    alice_at.goto("/applications")
    alice_at.get_by_label("Select Engineer at Company 4").click()
    alice_at.get_by_label("Select Engineer at Company 1").click(modifiers=["Shift"])
    expect(alice_at.get_by_text("4 selected")).to_be_visible()
    alice_at.get_by_label("Select Engineer at Company 3").click(modifiers=["Shift"])
    expect(alice_at.get_by_text("1 selected")).to_be_visible()
    expect(alice_at.get_by_label("Select Engineer at Company 4")).to_be_checked()


def test_fields_without_a_value_are_folded_into_buttons(alice_at: Page, alice: Person) -> None:
    alice_at.goto(f"/applications/{alice.add_application()}")
    unset = alice_at.get_by_role("group", name="Not set")
    unset.get_by_role("button", name="Edit Industry:").click()
    field = alice_at.get_by_role("textbox", name="Industry")
    field.fill("Maps")
    alice_at.keyboard.press("Enter")
    expect(alice_at.get_by_role("button", name="Edit Industry: Maps")).to_be_visible()
    expect(unset.get_by_role("button", name="Edit Industry:")).to_have_count(0)


def test_back_takes_a_filter_away(alice_at: Page, alice: Person) -> None:
    alice.add_application("Tern", workplace="remote")
    alice.add_application("Kestrel", workplace="onsite")
    alice_at.goto("/contacts")
    alice_at.get_by_role("link", name="Applications", exact=True).click()
    expect(alice_at.get_by_text("2 applications")).to_be_visible()
    alice_at.get_by_role("combobox", name="Workplace").first.select_option("remote")
    expect(alice_at).to_have_url(re.compile(r"/applications\?workplace=remote$"))
    expect(alice_at.get_by_text("1 application", exact=True)).to_be_visible()
    alice_at.get_by_label("Search applications").press_sequentially("kest", delay=60)
    expect(alice_at.get_by_role("heading", name="No results")).to_be_visible()
    alice_at.go_back()
    expect(alice_at).to_have_url(re.compile(r"/applications\?workplace=remote$"))
    expect(alice_at.get_by_label("Search applications")).to_have_value("")
    expect(alice_at.get_by_text("1 application", exact=True)).to_be_visible()
    alice_at.go_back()
    expect(alice_at).to_have_url(re.compile(r"/applications$"))
    expect(alice_at.get_by_role("combobox", name="Workplace").first).to_have_value("")
    expect(alice_at.get_by_text("2 applications")).to_be_visible()
    alice_at.go_forward()
    expect(alice_at.get_by_text("1 application", exact=True)).to_be_visible()
    alice_at.go_back()
    alice_at.go_back()
    expect(alice_at).to_have_url(re.compile(r"/contacts$"))


def test_a_row_moved_by_a_key_stays_in_its_place(alice_at: Page, alice: Person) -> None:
    for number in range(4):
        alice.add_application(f"Company {number}")
    alice_at.goto("/applications")
    rows = alice_at.locator("tbody tr")
    moved = rows.nth(2).get_by_role("link", name="Engineer")
    moved.focus()
    company = rows.nth(2).locator(".cell-company .clip").inner_text()
    alice_at.keyboard.press("3")
    expect(rows.nth(2).get_by_label(re.compile("^Stage of"))).to_have_value("screening")
    expect(rows.nth(2).locator(".cell-company .clip")).to_have_text(company)
    expect(moved).to_be_focused()
    alice_at.keyboard.press("j")
    expect(rows.nth(3).get_by_role("link", name="Engineer")).to_be_focused()


def test_back_while_words_are_typed_shows_the_earlier_view(alice_at: Page, alice: Person) -> None:
    alice.add_application("Tern", workplace="remote")
    alice_at.goto("/applications")
    alice_at.get_by_role("combobox", name="Workplace").first.select_option("remote")
    expect(alice_at).to_have_url(re.compile(r"/applications\?workplace=remote$"))
    search = alice_at.get_by_label("Search applications")
    search.press_sequentially("k")
    expect(alice_at.get_by_role("heading", name="No results")).to_be_visible()
    search.press_sequentially("est")
    alice_at.go_back()
    expect(alice_at.get_by_text("1 application", exact=True)).to_be_visible()
    expect(search).to_have_value("")
    alice_at.get_by_role("button", name="Company", exact=True).click()
    expect(alice_at).to_have_url(re.compile(r"/applications\?workplace=remote&sort=company"))
    expect(search).to_have_value("")


@pytest.mark.parametrize(
    ("path", "field", "parameter"),
    [
        ("/applications", "Search applications", "q"),
        ("/contacts", "Search contacts", "q"),
        ("/analytics", "Role", "role"),
    ],
)
def test_words_typed_while_a_page_loads_are_kept_and_searched(
    alice_at: Page, alice: Person, path: str, field: str, parameter: str
) -> None:
    alice.add_application("Tern")
    alice_at.goto(path, wait_until="commit")
    alice_at.get_by_role("search").get_by_label(field).press_sequentially("kest")
    expect(alice_at).to_have_url(re.compile(rf"{path}\?{parameter}=kest$"))
    expect(alice_at.get_by_role("search").get_by_label(field)).to_have_value("kest")
    alice_at.reload()
    expect(alice_at.get_by_role("search").get_by_label(field)).to_have_value("kest")
