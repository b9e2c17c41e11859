"""The calendar feed in another program, and invitations from the first to the last version."""

import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.calendar_readers import read_with_ical_js
from tests.support.invitations import TEAMS, email, invitation
from tests.support.people import Person
from tests.support.plain_http import NO_CERTIFICATES
from tracker.services.interviews import scheduling

FIRST = "DTSTART;TZID=W. Europe Standard Time:20991110T140000"
SECOND = "DTSTART;TZID=W. Europe Standard Time:20991112T100000"


@pytest.fixture
def application(seeker: Person) -> str:
    """Return the id of Alice's application as Backend engineer at Kestrel Labs."""
    seeker.add_application("Linear", "Technical lead", "applied")
    return seeker.add_application("Kestrel Labs", "Backend engineer", "applied")


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Import invitation")


def choose_file(page: Page, path: Path) -> Locator:
    """Choose a file in the dialog of the Interviews page; return the dialog once it was read."""
    page.goto("/interviews")
    page.get_by_role("button", name="Import invitation").first.click()
    dialog_of(page).get_by_label("File").set_input_files(path)
    dialog_of(page).get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/interviews?invitation=*")
    return dialog_of(page)


def entries(address: str) -> dict[str, str]:
    """Return the start of each entry of a feed by its title."""
    content = httpx2.get(address, verify=NO_CERTIFICATES).content
    return {event["title"]: event["starts"] for event in read_with_ical_js(content)}


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_feed_is_created_read_changed_and_ended(
    visits: Any, seeker: Person, application: str, screen: Any
) -> None:
    seeker.call(scheduling.schedule, application, {"starts_at": "2099-11-10T14:00", "kind": "technical"})
    seeker.add_application("Acme", "Engineer", deadline="2027-03-20")
    page: Page = visits(seeker.user, **screen)
    page.goto("/settings")
    feed = page.get_by_role("region", name="Calendar feed")
    feed.get_by_label("Follow-ups").uncheck()
    feed.get_by_role("button", name="Create feed").click()
    address = feed.get_by_label("Address").input_value()
    assert entries(address) == {
        "Technical interview: Backend engineer at Kestrel Labs": "2099-11-10T13:00:00.000Z",
        "Apply by today: Engineer at Acme": "2027-03-20",
    }
    expect(feed.get_by_text("last read just now")).to_be_visible()
    expect(feed.get_by_role("link", name="Open in a calendar")).to_have_attribute(
        "href", re.compile("^webcal:")
    )
    feed.get_by_label("Interviews").uncheck()
    feed.get_by_role("button", name="Save feed").click()
    expect(page.get_by_text("Calendar feed saved")).to_be_visible()
    assert entries(address) == {"Apply by today: Engineer at Acme": "2027-03-20"}
    page.reload()
    expect(feed.get_by_label("Interviews")).not_to_be_checked()
    expect(feed.get_by_label("Address")).to_have_count(0)
    feed.get_by_role("button", name="Replace address").click()
    expect(feed.get_by_label("Address")).not_to_have_value(address)
    assert httpx2.get(address, verify=NO_CERTIFICATES).status_code == 404
    feed.get_by_role("button", name="End feed").click()
    expect(feed.get_by_role("button", name="Create feed")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Account history")).to_contain_text("Calendar feed ended")


def test_an_invitation_makes_moves_and_cancels_an_interview(
    visits: Any, seeker: Person, application: str, tmp_path: Path
) -> None:
    page: Page = visits(seeker.user)
    mail = tmp_path / "invitation.eml"
    mail.write_bytes(
        email(invitation(f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS}", start=FIRST, end="DURATION:PT45M"))
    )
    dialog = choose_file(page, mail)
    expect(dialog.get_by_text("Technical interview with Kestrel Labs")).to_be_visible()
    expect(dialog.get_by_label("Application")).to_have_value(application)
    expect(dialog.get_by_label("Starts")).to_have_value("2099-11-10T14:00")
    dialog.get_by_label("Kind").select_option("Coding")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog).to_be_hidden()
    line = page.get_by_role("region", name="Upcoming").get_by_role("listitem")
    expect(line).to_contain_text("14:00 – 14:45")
    expect(line.get_by_role("link", name="Join coding interview")).to_have_attribute("href", TEAMS)
    moved = tmp_path / "moved.ics"
    moved.write_text(invitation(start=SECOND, end="DURATION:PT45M", sequence=1))
    dialog = choose_file(page, moved)
    expect(dialog.get_by_text("Moves the coding interview from")).to_be_visible()
    dialog.get_by_role("button", name="Move interview").click()
    expect(page.get_by_text(re.compile("Coding interview moved to"))).to_be_visible()
    expect(line).to_contain_text("10:00 – 10:45")
    page.get_by_role("button", name="Undo").click()
    expect(line).to_contain_text("14:00 – 14:45")
    cancelled = tmp_path / "cancelled.ics"
    cancelled.write_text(invitation(method="CANCEL", start=SECOND, end="", sequence=2))
    dialog = choose_file(page, cancelled)
    dialog.get_by_role("button", name="Cancel interview").click()
    expect(page.get_by_text("Coding interview cancelled")).to_be_visible()
    expect(page.get_by_role("region", name="Past")).to_contain_text("Cancelled")
    page.get_by_role("button", name="Undo").click()
    expect(line).to_contain_text("14:00 – 14:45")


def test_a_pasted_invitation_is_for_the_application_on_the_page(
    visits: Any, seeker: Person, application: str
) -> None:
    other = seeker.add_application("Zeta", "Analyst", "applied")
    page: Page = visits(seeker.user)
    page.goto(f"/applications/{other}?tab=interviews")
    page.get_by_role("button", name="Import invitation").click()
    dialog = dialog_of(page)
    dialog.get_by_label("Paste the text").fill("Dear Alice, see you on Monday")
    dialog.get_by_role("button", name="Read the text").click()
    expect(dialog.get_by_text("There is no invitation in this.")).to_be_visible()
    dialog.get_by_label("Paste the text").fill(invitation("RRULE:FREQ=WEEKLY"))
    dialog.get_by_role("button", name="Read the text").click()
    expect(dialog.get_by_text("This invitation repeats.")).to_be_visible()
    dialog.get_by_label("Paste the text").fill(invitation(start="DTSTART;VALUE=DATE:20991110", end=""))
    dialog.get_by_role("button", name="Read the text").click()
    expect(dialog.get_by_text("enter when the interview starts")).to_be_visible()
    expect(dialog.get_by_label("Application")).to_have_value(other)
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog.get_by_text("Enter a date and time.")).to_be_visible()
    dialog.get_by_label("Starts").fill("2099-11-10T09:30")
    dialog.get_by_role("button", name="Schedule interview").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Interviews").get_by_role("listitem")).to_contain_text("Technical")


def test_an_interview_is_downloaded_for_a_calendar(visits: Any, seeker: Person, application: str) -> None:
    row_id = seeker.call(scheduling.schedule, application, {"starts_at": "2099-11-10T14:00"})
    page: Page = visits(seeker.user)
    for address, name, file in (
        (f"/interviews/{row_id}", "Download for a calendar", "interview.ics"),
        ("/interviews", "Download upcoming interviews for a calendar", "interviews.ics"),
    ):
        page.goto(address)
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == file
        [event] = read_with_ical_js(Path(download.value.path()).read_bytes())
        assert event["uid"] == f"interview-{row_id}@pursuit"
