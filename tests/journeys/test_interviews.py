"""Interviews in the browser: scheduled, held and debriefed."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.db import scoped
from tracker.services import preferences
from tracker.services.applications import creation
from tracker.services.interviews import scheduling

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def applied(alice: Person) -> str:
    """Return the id of Alice's application as Backend engineer at Kestrel Labs, in Berlin's time."""
    with scoped(alice.user) as scope:
        preferences.learn_zone(scope, "Europe/Berlin")
        return creation.add(scope, {"company": "Kestrel Labs", "role": "Backend engineer"}, "applied")


@pytest.fixture
def past_interview(alice: Person, applied: str) -> str:
    """Return the id of Alice's interview two days ago, without a debrief."""
    with scoped(alice.user) as scope:
        return scheduling.schedule(
            scope, applied, {"kind": "technical", "starts_at": at(-2, "14:00"), "zone": "Europe/Berlin"}
        )


def at(days: int, clock: str) -> str:
    """Return a time some days from today, as a form's value."""
    return f"{datetime.now(BERLIN).date() + timedelta(days=days)}T{clock}"


def schedule(page: Page, starts: str, **choices: str) -> Locator:
    """Return the dialog, filled in but not submitted."""
    page.get_by_role("button", name="Schedule interview").first.click()
    dialog = page.get_by_role("dialog", name="Schedule interview")
    for label, choice in choices.items():
        dialog.get_by_label(label.replace("_", " "), exact=True).select_option(choice)
    dialog.get_by_label("Starts").fill(starts)
    return dialog


def send(dialog: Locator) -> None:
    """Send the dialog and see it close."""
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_an_interview_is_scheduled_from_the_agenda_and_undone(
    visits: Any, alice: Person, applied: str, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    page.goto("/interviews")
    expect(page.get_by_role("heading", name="Every interview, in your time zone")).to_be_visible()
    dialog = schedule(
        page,
        at(3, "10:00"),
        Application="Backend engineer at Kestrel Labs",
        Kind="System design",
        Time_zone="America/New_York",
    )
    expect(dialog.get_by_text("= 16:00 your time")).to_be_visible()
    dialog.get_by_label("Place or link").fill("Meet:https://meet.example.com/abc, code 99")
    dialog.get_by_label("Interviewers").fill("Dana Whitfield")
    send(dialog)
    line = page.get_by_role("region", name="Upcoming").get_by_role("listitem")
    expect(line).to_contain_text("System design")
    expect(line).to_contain_text("16:00 – 17:00")
    expect(line).to_contain_text("10:00 in New York")
    expect(line.get_by_role("link", name="Join system design")).to_have_attribute(
        "href", "https://meet.example.com/abc"
    )
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Every interview, in your time zone")).to_be_visible()


def test_a_clash_warns_and_does_not_block(visits: Any, alice: Person, applied: str) -> None:
    page = visits(alice.user)
    page.goto("/interviews")
    send(schedule(page, at(2, "10:00"), Application="Backend engineer at Kestrel Labs", Kind="Panel"))
    expect(page.get_by_role("link", name=re.compile("Panel, Backend engineer"))).to_be_visible()
    dialog = schedule(page, at(2, "10:30"), Application="Backend engineer at Kestrel Labs")
    expect(dialog.get_by_role("status")).to_contain_text("Panel, Backend engineer at Kestrel Labs")
    dialog.get_by_label("Starts").fill(at(2, "11:00"))
    expect(dialog.get_by_role("status")).to_be_empty()
    dialog.get_by_label("Starts").fill(at(2, "10:45"))
    expect(dialog.get_by_role("status")).to_contain_text("At the same time")
    send(dialog)
    expect(page.get_by_role("region", name="Upcoming").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("link", name=re.compile("Panel, Backend engineer")).click()
    expect(page.get_by_text("At the same time")).to_be_visible()


def test_a_missing_value_is_reported_at_its_field(visits: Any, alice: Person, applied: str) -> None:
    page = visits(alice.user)
    page.goto("/interviews")
    expect(page.get_by_role("heading", name="Every interview, in your time zone")).to_be_visible()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Schedule interview")
    expect(dialog.get_by_label("Application", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog.get_by_text("Which application is it for?")).to_be_visible()
    dialog.get_by_label("Application", exact=True).select_option("Backend engineer at Kestrel Labs")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog.get_by_text("Enter a date and time.")).to_be_visible()
    dialog.get_by_label("Place or link").fill("Room 4")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Schedule interview").first.click()
    expect(dialog.get_by_label("Place or link")).to_have_value("Room 4")


def test_a_debrief_is_asked_for_and_kept(visits: Any, alice: Person, past_interview: str) -> None:
    page = visits(alice.user)
    page.goto("/interviews")
    waiting = page.get_by_role("region", name="Waiting for a debrief")
    waiting.get_by_role("link", name="Write debrief").click()
    expect(page).to_have_title("Technical, Backend engineer at Kestrel Labs · Pursuit")
    page.get_by_label("Debrief", exact=True).fill("Went **well**.")
    page.get_by_label("Rating").select_option("4")
    page.get_by_role("button", name="Save debrief").click()
    debrief = page.locator("section", has=page.get_by_role("heading", name="Debrief"))
    expect(debrief.locator("strong")).to_have_text("well")
    expect(debrief.get_by_label("Rated 4 of 5")).to_be_visible()
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
    page.get_by_role("link", name="Interviews", exact=True).first.click()
    past = page.get_by_role("region", name="Past", exact=True)
    expect(past.get_by_label("Rated 4 of 5")).to_be_visible()
    expect(waiting).to_have_count(0)


def test_an_interview_is_moved_cancelled_put_back_deleted_and_restored(
    visits: Any, alice: Person, applied: str
) -> None:
    page = visits(alice.user)
    page.goto(f"/applications/{applied}?tab=interviews")
    send(schedule(page, at(2, "10:00"), Kind="Panel"))
    page.get_by_role("region", name="Interviews").get_by_role("link", name=re.compile("^Panel")).click()
    page.get_by_role("button", name="Move", exact=True).click()
    dialog = page.get_by_role("dialog", name="Move interview")
    expect(dialog.get_by_label("Starts")).to_have_value(at(2, "10:00"))
    dialog.get_by_label("Starts").fill(at(4, "15:30"))
    dialog.get_by_role("button", name="Move interview").click()
    expect(page.get_by_text("15:30 – 16:30")).to_be_visible()
    page.get_by_role("button", name="Cancel interview").click()
    expect(page.get_by_text("Panel interview cancelled")).to_be_visible()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("Panel interview put back on the calendar")).to_be_visible()
    page.get_by_role("button", name="Delete interview").click()
    expect(page).to_have_url(re.compile(r"/interviews/?$"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=re.compile("^Panel, Backend engineer"))).to_be_visible()


def test_facts_are_edited_in_place_and_two_tabs_lose_nothing(
    visits: Any, alice: Person, past_interview: str
) -> None:
    page, other = visits(alice.user), visits(alice.user)
    for tab in (page, other):
        tab.goto(f"/interviews/{past_interview}")
        tab.get_by_role("button", name="Write what to prepare").click()
    page.get_by_label("Preparation").get_by_role("textbox").fill("From the first tab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Preparation").get_by_text("From the first tab")).to_be_visible()
    other.get_by_label("Preparation").get_by_role("textbox").fill("From the second tab")
    other.get_by_role("button", name="Save", exact=True).click()
    both = other.get_by_role("alertdialog")
    expect(both.get_by_label("Yours")).to_have_value("From the second tab")
    expect(both.get_by_label("The other")).to_have_value("From the first tab")
    both.get_by_role("button", name="Keep mine").click()
    expect(other.get_by_label("Preparation").get_by_text("From the second tab")).to_be_visible()
    other.get_by_role("button", name=re.compile("Edit Minutes")).click()
    other.get_by_role("spinbutton", name="Minutes").fill("2000")
    other.keyboard.press("Enter")
    expect(other.get_by_text("from 5 to 1440")).to_be_visible()
    other.keyboard.press("Escape")
    expect(other.get_by_role("button", name="Edit Minutes: 60")).to_be_visible()


def test_month_and_week_are_in_the_address_and_back_returns(
    visits: Any, alice: Person, past_interview: str
) -> None:
    page = visits(alice.user)
    page.goto("/interviews?view=month&day=2026-02-10")
    expect(page.get_by_role("heading", name="February 2026")).to_be_visible()
    page.get_by_role("link", name="Next month").click()
    expect(page.get_by_role("heading", name="March 2026")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="February 2026")).to_be_visible()
    page.keyboard.press("w")
    expect(page.get_by_role("link", name="Next week")).to_be_visible()
    page.goto(f"/interviews?view=week&day={at(-2, '')[:10]}")
    expect(page.get_by_role("link", name=re.compile("Technical"))).to_contain_text("14:00")
    for day in ("nonsense", "9999-12-31", "0001-01-01"):
        page.goto(f"/interviews?view=month&day={day}")
        expect(page.get_by_role("heading", name=f"{datetime.now(BERLIN):%B %Y}")).to_be_visible()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_an_interview_past_midnight_is_listed_under_both_days(
    visits: Any, alice: Person, applied: str, screen: dict[str, Any]
) -> None:
    with scoped(alice.user) as scope:
        typed = {"starts_at": "2026-02-10T22:00", "zone": "Europe/Berlin", "minutes": "600"}
        scheduling.schedule(scope, applied, typed)
    page = visits(alice.user, **screen)
    page.goto("/interviews?view=week&day=2026-02-10")
    for day, time_text in (("Tue 10 Feb 2026", "22:00"), ("Wed 11 Feb 2026", "until 08:00")):
        expect(page.get_by_role("region", name=day).get_by_role("link")).to_contain_text(time_text)
    page.goto("/interviews?view=month&day=2026-02-10")
    for day in ("Tue 10 Feb 2026", "Wed 11 Feb 2026"):
        expect(page.get_by_role("link", name=f"{day}, 1 interview")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("until 08:00"))).to_have_count(0 if screen else 1)


def test_another_user_is_told_that_there_is_no_such_interview(
    visits: Any, bob: Person, past_interview: str
) -> None:
    page = visits(bob.user)
    page.goto(f"/interviews/{past_interview}")
    expect(page.get_by_role("heading", name="This interview doesn't exist, or isn't yours")).to_be_visible()
