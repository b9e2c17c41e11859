"""Next actions and reminders: shown on every page, done in a click, snoozed, dismissed, undone."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.people import Person
from tracker.db import scoped
from tracker.services.interviews import scheduling
from tracker.services.preferences import learn_zone, save
from tracker.services.reminders import due_reminders

NOTICED = """
window.noticed = [];
const Real = window.Notification;
window.Notification = class extends Real {
  constructor(title, options) { super(title, options); window.noticed.push([title, options.body]); }
};
"""
"""The browser's own notification, which also writes down what it was made with: nothing else can see it."""


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice with one application to follow up today and one to decide on."""
    person = Person(replace(alice.user, timezone="Europe/Berlin"))
    person.call(learn_zone, "Europe/Berlin")
    person.call(save, {"weekly_goal": "0"})
    with person.scope() as scope:
        today = scope.today
    ago = (today - timedelta(days=7)).isoformat()
    person.add_application("Halcyon Maps", "Cartographer", "applied", applied_on=ago, excitement="3")
    person.add_application("Morrow", "Surveyor", "offer", deadline=today.isoformat(), excitement="3")
    return person


def interview_in(person: Person, hours: float) -> str:
    """Return an upcoming interview, scheduled long ago, with its reminder made."""
    with scoped(person.user) as scope:
        row_id = scope.rows(text("SELECT id FROM application WHERE company = 'Morrow'"))[0]["id"]
        starts = (scope.now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        typed = {
            "kind": "technical",
            "starts_at": starts,
            "zone": "UTC",
            "place": "https://meet.example/morrow",
        }
        meeting = scheduling.schedule(scope, str(row_id), typed)
        scope.session.execute(text("UPDATE interview SET placed_at = '2020-01-01'"))
    with scoped(person.user) as scope:
        due_reminders.create(scope)
    return meeting


def test_a_follow_up_is_logged_in_a_click_and_the_badge_counts_down_and_up_again(
    alice_at: Page, seeker: Person
) -> None:
    alice_at.goto("/")
    actions = alice_at.get_by_role("region", name="Do these first")
    badge = alice_at.get_by_role("navigation", name="Main navigation").get_by_role(
        "img", name=re.compile(" due$")
    )
    expect(actions.get_by_text("Applied 7 days ago, no reply since. First of 2 follow-ups.")).to_be_visible()
    expect(badge).to_have_accessible_name("2 due")
    mail = actions.get_by_role("link", name="Write an email: Follow up, Cartographer at Halcyon Maps")
    assert (mail.get_attribute("href") or "").startswith("mailto:?subject=Following%20up")
    actions.get_by_role("button", name="Log follow-up: Follow up, Cartographer at Halcyon Maps").click()
    expect(badge).to_have_accessible_name("1 due")
    expect(actions.get_by_role("link", name="Cartographer at Halcyon Maps")).to_have_count(0)
    alice_at.get_by_role("button", name="Undo").click()
    expect(badge).to_have_accessible_name("2 due")
    expect(actions.get_by_role("link", name="Cartographer at Halcyon Maps", exact=True)).to_be_visible()


def test_snoozed_and_dismissed_actions_stay_hidden(alice_at: Page, seeker: Person) -> None:
    alice_at.goto("/")
    actions = alice_at.get_by_role("region", name="Do these first")
    for subject, choice in (
        ("Follow up, Cartographer at Halcyon Maps", "3"),
        ("Decide on the offer, Surveyor at Morrow", "dismiss"),
    ):
        actions.get_by_label(f"Snooze or dismiss: {subject}").select_option(choice)
        expect(actions.get_by_label(f"Snooze or dismiss: {subject}")).to_have_count(0)
    expect(actions.get_by_text("Nothing is due.")).to_be_visible()
    alice_at.reload()
    expect(actions.get_by_text("Nothing is due.")).to_be_visible()
    expect(alice_at.get_by_role("img", name=re.compile(" due$"))).to_have_count(0)


def test_a_missing_fact_leads_to_its_field(alice_at: Page, seeker: Person) -> None:
    from tracker.services.priority.wishes_form import save as wish

    seeker.call(wish, {"industries": "Maps"})
    alice_at.goto("/")
    alice_at.get_by_text("Worth tidying up").click()
    alice_at.get_by_role("link", name="Add: Add a missing detail, Surveyor at Morrow").click()
    field = alice_at.get_by_role("textbox", name="Industry")
    expect(field).to_be_visible()
    field.fill("Maps")
    alice_at.keyboard.press("Enter")
    expect(alice_at.get_by_role("button", name="Edit Industry: Maps")).to_be_visible()


def test_a_reminder_shows_on_every_page_notifies_once_and_is_dismissed_in_every_tab(
    visits: Any, seeker: Person
) -> None:
    page: Page = visits(seeker.user, permissions=["notifications"])
    page.add_init_script(NOTICED)
    page.goto("/applications")
    expect(page.get_by_label("Select Surveyor at Morrow")).to_be_visible()
    interview_in(seeker, 20)
    bar = page.get_by_role("status", name="Reminders")
    expect(bar.get_by_role("link", name="Technical: Surveyor at Morrow")).to_be_visible()
    expect(bar.get_by_role("link", name="Join")).to_have_attribute("href", "https://meet.example/morrow")
    page.wait_for_function("window.noticed.length === 1")
    other = page.context.new_page()
    other.add_init_script(NOTICED)
    other.goto("/contacts")
    expect(other.get_by_role("link", name="Technical: Surveyor at Morrow")).to_be_visible()
    assert other.evaluate("window.noticed") == []
    other.get_by_role("button", name="Dismiss the reminder: Technical: Surveyor at Morrow").click()
    expect(other.get_by_role("link", name="Technical: Surveyor at Morrow")).to_have_count(0)
    expect(bar.get_by_role("link", name="Technical: Surveyor at Morrow")).to_have_count(0)
    assert page.evaluate("window.noticed[0][0]") == "Technical: Surveyor at Morrow"


def test_reminders_are_chosen_in_settings_and_stay_chosen(alice_at: Page, seeker: Person) -> None:
    alice_at.goto("/settings")
    day, hour = alice_at.get_by_label("A day before"), alice_at.get_by_label("An hour before")
    expect(day).to_be_checked()
    day.uncheck()
    alice_at.get_by_role("button", name="Save", exact=True).click()
    expect(alice_at.get_by_text("Settings saved")).to_be_visible()
    alice_at.reload()
    expect(hour).to_be_checked()
    expect(day).not_to_be_checked()
    expect(alice_at.get_by_role("button", name="Notify me in this browser")).to_be_visible()


def test_overdue_actions_are_highlighted(alice_at: Page, seeker: Person) -> None:
    with seeker.scope() as scope:
        days_ago = (scope.today - timedelta(days=3)).isoformat()
    seeker.add_application("Aster", "Geodesist", "applied", follow_up_on=days_ago)
    alice_at.goto("/")
    expect(alice_at.locator("span.late").first).to_be_visible()


def test_the_first_action_gives_its_reason_and_opens_the_posting(alice_at: Page, seeker: Person) -> None:
    with seeker.scope() as scope:
        tomorrow = (scope.today + timedelta(days=1)).isoformat()
    seeker.add_application("Aster", "Geodesist", deadline=tomorrow, posting_url="https://example.com/jobs/7")
    alice_at.goto("/")
    actions = alice_at.get_by_role("region", name="Do these first")
    expect(actions.get_by_role("listitem").nth(1)).to_contain_text("Geodesist at Aster")
    expect(
        actions.get_by_text("An offer is waiting for your answer, a deadline is near, a follow-up is due.")
    ).to_be_visible()
    posting = actions.get_by_role("link", name="Open the posting: Geodesist at Aster")
    expect(posting).to_have_attribute("href", "https://example.com/jobs/7")
    expect(posting).to_have_attribute("target", "_blank")


def test_all_silent_applications_are_closed_and_restored_in_a_click(alice_at: Page, seeker: Person) -> None:
    for number in range(7):
        seeker.add_application(f"Silent {number}", "Geodesist", deadline="2026-01-05")
    alice_at.goto("/")
    alice_at.get_by_text("Worth tidying up").click()
    alice_at.get_by_role("button", name="Close all 7").click()
    expect(alice_at.get_by_text("7 applications closed as expired")).to_be_visible()
    expect(alice_at.get_by_role("button", name="Close all 7")).to_have_count(0)
    alice_at.get_by_role("button", name="Undo").click()
    alice_at.get_by_text("Worth tidying up").click()
    expect(alice_at.get_by_role("button", name="Close all 7")).to_be_visible()


def test_the_arrow_keys_open_a_menu_that_acts_and_choose_nothing(alice_at: Page, seeker: Person) -> None:
    alice_at.goto("/")
    later = alice_at.get_by_label("Snooze or dismiss: Follow up, Cartographer at Halcyon Maps")
    later.focus()
    for key in ("ArrowDown", "Escape", "i", "End"):
        alice_at.keyboard.press(key)
    alice_at.reload()
    expect(later).to_be_visible()


def test_the_next_interviews_are_on_the_first_screen(visits: Any, seeker: Person) -> None:
    interview_in(seeker, 60)
    for width, height in ((1280, 800), (390, 844)):
        page: Page = visits(seeker.user, viewport={"width": width, "height": height})
        page.goto("/")
        expect(
            page.get_by_role("region", name="Next interviews").get_by_role("listitem").first
        ).to_be_in_viewport()
