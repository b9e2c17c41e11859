"""The calendar's free time: a click schedules there, and an interview moves to where it is dropped."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.support.people import Person
from tracker.services.interviews.scheduling import schedule

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = range(7, 21)


def monday() -> datetime:
    """Return ten o'clock on the Monday after next."""
    today = datetime.now(BERLIN)
    return (today + timedelta(days=14 - today.weekday())).replace(hour=10, minute=0, second=0, microsecond=0)


def down_to(page: Page, hour: int) -> float:
    """Return how far down a column of hours an hour is, in pixels, and a little below it."""
    box = page.locator(".lane .track").first.bounding_box()
    assert box is not None
    return box["height"] * (hour - HOURS.start) / len(HOURS) + 4


def test_a_click_on_a_free_hour_schedules_an_interview_there(alice_at: Page, seeker: Person) -> None:
    seeker.add_application("Tern", "Pilot", stage="interviewing")
    day = monday()
    alice_at.goto(f"/interviews?view=week&day={day:%Y-%m-%d}")
    alice_at.locator(".lane .track").nth(2).click(position={"x": 40, "y": down_to(alice_at, 14)})
    dialog = alice_at.get_by_role("dialog", name="Schedule interview")
    expect(dialog.get_by_label("Starts")).to_have_value(f"{day + timedelta(days=2):%Y-%m-%d}T14:00")
    dialog.get_by_label("Application", exact=True).select_option("Pilot at Tern")
    dialog.get_by_role("button", name="Schedule").click()
    expect(alice_at.locator(".lane").nth(2).get_by_role("link")).to_contain_text("14:00")


def test_a_click_on_a_day_of_the_month_schedules_on_it(alice_at: Page, seeker: Person) -> None:
    seeker.add_application("Tern", "Pilot", stage="interviewing")
    day = monday()
    alice_at.goto(f"/interviews?view=month&day={day:%Y-%m-%d}")
    cell = alice_at.get_by_role("cell").filter(has=alice_at.locator(f"a[href$='day={day:%Y-%m-%d}']"))
    cell.click(position={"x": 60, "y": 90})
    starts = alice_at.get_by_role("dialog", name="Schedule interview").get_by_label("Starts")
    expect(starts).to_have_value(f"{day:%Y-%m-%d}T10:00")


def test_an_interview_is_dropped_at_another_hour_and_put_back(alice_at: Page, seeker: Person) -> None:
    application = seeker.add_application("Tern", "Pilot", stage="interviewing")
    day = monday()
    seeker.call(schedule, application, {"kind": "panel", "starts_at": f"{day:%Y-%m-%dT%H:%M}"})
    alice_at.goto(f"/interviews?view=week&day={day:%Y-%m-%d}")
    lanes = alice_at.locator(".lane")
    lanes.nth(0).get_by_role("link").drag_to(
        lanes.nth(3).locator(".track"),
        source_position={"x": 20, "y": 4},
        target_position={"x": 40, "y": down_to(alice_at, 16)},
    )
    expect(lanes.nth(3).get_by_role("link")).to_contain_text("16:00")
    expect(alice_at.get_by_text(re.compile("^Panel interview moved to Thu"))).to_be_visible()
    alice_at.get_by_role("button", name="Undo").click()
    expect(lanes.nth(0).get_by_role("link")).to_contain_text("10:00")
