"""Analytics page: from a figure to the applications behind it, with the selection in the address."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.db import scoped
from tracker.services.applications import creation, stage_moves
from tracker.shapes.people import Who


@pytest.fixture
def searched(alice: Person) -> Who:
    """Return Alice with nine sent applications, four of which were answered."""
    with scoped(alice.user) as scope:
        ids = [
            creation.add(
                scope, {"company": f"Company {n}", "role": "Engineer", "source": "LinkedIn"}, "applied"
            )
            for n in range(6)
        ]
        ids += [
            creation.add(scope, {"company": f"Friend {n}", "role": "Writer", "source": "Referral"}, "applied")
            for n in range(3)
        ]
    with scoped(alice.user) as scope:
        stage_moves.move(scope, ids[:2], "interviewing")
        stage_moves.move(scope, ids[2:4], "closed", "rejected")
    return alice.user


def test_a_figure_leads_to_the_applications_behind_it(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    rate = page.get_by_role("link", name=re.compile("Interview rate"))
    expect(rate).to_contain_text("2 of 9")
    rate.click()
    expect(page.get_by_role("button", name="Ever reached Interviewing")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Ever reached Interviewing").click()
    expect(page.locator("tbody tr")).to_have_count(9)


def test_a_selection_is_in_the_address_and_survives_a_reload(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    counted = page.get_by_role("search", name="Filters")
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    counted.get_by_label("Source").select_option("Referral")
    expect(page.get_by_role("status").filter(has_text="3 applications")).to_be_visible()
    expect(page).to_have_url(re.compile(r"source=Referral"))
    expect(page.get_by_role("link", name=re.compile("Response rate"))).to_contain_text("not enough yet")
    page.reload()
    expect(counted.get_by_label("Source")).to_have_value("Referral")
    counted.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()


def test_every_drawing_has_a_table_and_a_file(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    section = page.get_by_role("region", name="Where applications got to, and how they ended").first
    expect(
        section.get_by_role("group", name="9 applications, 9 of them sent; 7 still open, 2 ended.")
    ).to_be_visible()
    section.get_by_text("As a table").click()
    expect(section.get_by_role("row", name=re.compile("Applied to rejected")).last).to_contain_text("2")
    with page.expect_download() as download:
        section.get_by_role("link", name=re.compile("Download as CSV")).click()
    assert download.value.suggested_filename == "pursuit-flow.csv"


def test_a_past_day_shows_its_pipeline(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    expect(page.get_by_role("heading", name="Rates")).to_be_visible()
    page.get_by_label("Day", exact=True).press_sequentially("01/01/2020")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There were no applications.")).to_be_visible()
    expect(page).to_have_url(re.compile("day=2020-01-01"))


def test_dates_are_typed_key_by_key_and_count_once_they_are_finished(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    since, until = page.get_by_label("Applied from"), page.get_by_label("Applied until")
    since.press_sequentially("11/01/2020", delay=120)
    expect(since).to_have_value("2020-11-01")
    assert "since" not in page.url
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("since=2020-11-01$"))
    expect(since).to_be_focused()
    until.press_sequentially("12/24/0002", delay=120)
    until.blur()
    page.wait_for_timeout(500)
    expect(page).to_have_url(re.compile("since=2020-11-01$"))
    until.press_sequentially("12/24/2090")
    until.blur()
    expect(page).to_have_url(re.compile("until=2090-12-24"))
    expect(page.get_by_label("Period", exact=True)).to_have_value("own")
    page.reload()
    expect(until).to_have_value("2090-12-24")
    page.get_by_label("Period", exact=True).select_option("90")
    expect(since).to_have_value("")
    expect(until).to_have_value("")
    since.press_sequentially("10/15/2025\n")
    expect(page).to_have_url(re.compile("since=2025-10-15"))
    page.get_by_role("search").get_by_role("button", name="Clear").click()
    expect(since).to_have_value("")


def test_a_day_to_come_is_shown_as_today(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    day = page.get_by_label("Day", exact=True)
    day.press_sequentially("12/24/2090\n")
    expect(day).to_have_value(re.compile("^20[2-8]"))
    day.press_sequentially("01/02/2020\n")
    expect(page).to_have_url(re.compile("day=2020-01-02"))
    expect(day).to_have_value("2020-01-02")


def test_a_period_without_anything_leaves_the_page_standing(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics?since=2090-01-01")
    expect(page.get_by_role("heading", name="No results")).to_be_visible()
    expect(page.get_by_role("heading", name="Rates")).to_be_visible()
    expect(page.get_by_text("in a period that hasn't started yet.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    expect(page.get_by_label("Applied from")).to_have_value("")
    page.goto("/analytics?since=2026-10-01&until=2026-09-01")
    expect(page.get_by_role("heading", name="The period ends before it begins")).to_be_visible()
    expect(page.get_by_text("in a period that ends before it begins.")).to_be_visible()


def test_a_change_made_elsewhere_is_counted_without_a_reload(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    with scoped(searched) as scope:
        creation.add(scope, {"company": "Late", "role": "Engineer"}, "applied")
    expect(page.get_by_role("status").filter(has_text="10 applications")).to_be_visible()


def test_answered_and_waiting_applications_can_be_opened(visits: Any, searched: Who) -> None:
    page: Page = visits(searched)
    page.goto("/analytics")
    waiting = page.get_by_role("region", name="Time to the first response").first
    waiting.get_by_text("As a table").click()
    waiting.get_by_role("link", name=re.compile("^[01]$")).click()
    expect(page.locator("tbody tr")).to_have_count(9)
    page.go_back()
    waiting.get_by_role("link", name="5 not answered so far").click()
    expect(page.get_by_role("button", name="Not answered so far")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(5)


def test_days_are_large_enough_for_a_finger_and_scroll_in_their_own_box(visits: Any, searched: Who) -> None:
    page: Page = visits(searched, **PHONE)
    page.goto("/analytics")
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    page.wait_for_timeout(1500)  # until the browser's time zone is known, by which today may be another day
    page.reload()
    expect(page.get_by_role("status").filter(has_text="9 applications")).to_be_visible()
    day = page.locator(".heat a")
    expect(day).to_have_count(1)
    assert page.evaluate("document.querySelector('.heat-map').scrollWidth > 390")
    day.scroll_into_view_if_needed()
    box = day.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    assert 0 <= box["x"] <= 390 - 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    day.tap()
    expect(page.get_by_role("button", name=re.compile("^Acted on"))).to_be_visible()


def test_nothing_scrolls_sideways_on_a_phone(visits: Any, searched: Who) -> None:
    page: Page = visits(searched, **PHONE)
    page.goto("/analytics")
    expect(page.get_by_role("heading", name="Rates")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_user_without_data_reads_what_the_page_is_for(page: Page) -> None:
    page.goto("/analytics")
    expect(page.get_by_role("heading", name="Your search in figures")).to_be_visible()
