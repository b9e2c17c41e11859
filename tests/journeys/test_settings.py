"""Settings take effect everywhere, and a deleted account is gone."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.browser import visit
from tests.support.people import Person


def test_preferences_are_saved_and_an_invalid_one_is_reported_at_its_field(page: Page) -> None:
    page.goto("/settings")
    main = page.get_by_role("main")
    # A newcomer's zone is learnt from the browser first; it would take the place of a choice made meanwhile.
    expect(main.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    main.get_by_label("Name").fill("Dana Whitfield")
    main.get_by_label("Time zone").select_option("Pacific/Auckland")
    main.get_by_label("Weekly goal").fill("900")
    main.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#settings-weekly_goal-problem")).not_to_be_empty()
    expect(main.get_by_label("Name")).to_have_value("Dana Whitfield")
    main.get_by_label("Weekly goal").fill("9")
    main.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Settings saved")).to_be_visible()
    page.reload()
    expect(main.get_by_label("Name")).to_have_value("Dana Whitfield")
    expect(main.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
    expect(main.get_by_label("Weekly goal")).to_have_value("9")


def test_saving_settings_keeps_those_that_another_tab_saved(visits: Any, alice: Person) -> None:
    page: Page = visits(alice.user)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto("/settings")
    here, there = page.get_by_role("main"), other.get_by_role("main")
    here.get_by_label("Dates and numbers").select_option(index=3)
    there.get_by_label("Name").fill("Bea")
    there.get_by_label("Weekly goal").fill("8")
    there.get_by_label("Follow up after applying").fill("9")
    there.get_by_role("button", name="Save", exact=True).click()
    expect(here.get_by_label("Name")).to_have_value("Bea")
    expect(here.get_by_label("Weekly goal")).to_have_value("8")
    expect(here.get_by_label("Follow up after applying")).to_have_value("9")
    chosen = here.get_by_label("Dates and numbers").input_value()
    here.get_by_role("button", name="Save", exact=True).click()
    expect(there.get_by_label("Dates and numbers")).to_have_value(chosen)
    other.reload()
    expect(there.get_by_label("Name")).to_have_value("Bea")
    expect(there.get_by_label("Weekly goal")).to_have_value("8")


def test_a_session_that_is_ended_elsewhere_is_out_at_once(visits: Any, alice: Person) -> None:
    lost, mine = visits(alice.user), visits(alice.user)
    lost.goto("/applications")
    expect(lost.get_by_role("heading", name="Every application in one place")).to_be_visible()
    mine.goto("/settings")
    mine.get_by_role("button", name="End all others").click()
    expect(mine.get_by_text("1 other session ended")).to_be_visible()
    expect(lost.get_by_role("heading", level=1, name="Sign in to Pursuit")).to_be_visible()


def test_an_account_is_deleted_only_after_typing_delete_and_then_completely(
    browser: Browser, base_url: str, visits: Any, alice: Person
) -> None:
    page = visits(alice.user)
    page.goto("/settings")
    page.get_by_role("button", name="Delete account").click()
    dialog = page.get_by_role("dialog", name="Delete account")
    dialog.get_by_label("Confirmation").fill("yes")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(dialog.get_by_text("Type the word delete to confirm.", exact=True)).to_be_visible()
    dialog.get_by_label("Confirmation").fill("delete")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", level=1, name="Sign in to Pursuit")).to_be_visible()
    expect(page.get_by_text("Your account was deleted, with everything in it.")).to_be_visible()
    with visit(browser, *page.context.cookies(), base_url=base_url) as again:
        again.goto("/applications")
        expect(again.get_by_role("heading", level=1, name="Sign in to Pursuit")).to_be_visible()
