"""Repeated submissions take effect once, and each shows at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.application_form import fill_application, number, open_follow_up, submit_of
from tests.support.frozen_processes import frozen
from tests.support.people import Person
from tests.support.server import WebServer
from tracker.services.interviews.scheduling import schedule
from tracker.services.preferences import learn_zone
from tracker.services.profile.edits import add_bullet, add_position


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice with a sent application, an interview and a bullet."""
    alice.call(learn_zone, "Europe/Berlin")
    return alice


def fill_contact(page: Page, _: Person) -> str:
    page.goto("/contacts")
    page.get_by_role("button", name="Add contact").first.click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Ann Droste")
    return "Add contact"


def fill_interview(page: Page, person: Person) -> str:
    page.goto(f"/applications/{person.add_application()}?tab=interviews")
    page.get_by_role("button", name="Schedule interview").first.click()
    page.get_by_label("Starts").fill("2027-03-02T10:00")
    return "Schedule interview"


def fill_position(page: Page, _: Person) -> str:
    page.goto("/profile")
    page.get_by_role("button", name="Add position").first.click()
    page.get_by_role("dialog").get_by_label("Title").fill("Surveyor")
    return "Add position"


def fill_bullet(page: Page, person: Person) -> str:
    person.call(add_position, {"title": "Surveyor"})
    page.goto("/profile")
    page.get_by_role("button", name="Add bullet").first.click()
    page.get_by_role("textbox", name="Bullet").fill("Mapped Bergen")
    return "Save"


def fill_question(page: Page, person: Person) -> str:
    meeting = person.call(schedule, person.add_application(), {"starts_at": "2027-03-02T10:00"})
    page.goto(f"/interviews/{meeting}/practice")
    page.get_by_role("textbox", name="Question").fill("Why maps?")
    return "Add question"


def fill_letter(page: Page, person: Person) -> str:
    row_id = person.add_application()
    person.call(
        add_bullet, {"text": "Mapped Bergen", "position_id": person.call(add_position, {"title": "x"})}
    )
    page.goto(f"/applications/{row_id}?tab=letter")
    return "Draft a letter"


def begin_follow_up(page: Page, person: Person) -> str:
    page.goto(f"/applications/{person.add_application(stage='applied')}")
    open_follow_up(page)
    return "Log follow-up"


CREATORS: dict[str, Callable[[Page, Person], str]] = {
    "application": fill_application,
    "contact": fill_contact,
    "interview": fill_interview,
    "position": fill_position,
    "bullet": fill_bullet,
    "question": fill_question,
    "letter": fill_letter,
    "event WHERE kind = 'follow_up.logged'": begin_follow_up,
}


@pytest.mark.parametrize("table", CREATORS)
def test_a_double_click_adds_once(alice_at: Page, seeker: Person, table: str) -> None:
    button = submit_of(alice_at, CREATORS[table](alice_at, seeker)).last
    before = number(seeker, table)
    button.dblclick()
    expect(alice_at.locator(".notice")).to_be_visible()
    expect(alice_at.locator("[aria-busy=true], [data-pending]")).to_have_count(0)
    assert number(seeker, table) == before + 1


def test_pressing_enter_three_times_adds_once_and_shows_it_at_once(
    alice_at: Page, served: WebServer, seeker: Person
) -> None:
    button = submit_of(alice_at, fill_application(alice_at, seeker)).last
    with frozen(served.process.pid):
        for _ in range(3):
            alice_at.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-busy", "true", timeout=1000)
    expect(alice_at.get_by_text("Cartographer at Halcyon added")).to_be_visible()
    assert number(seeker, "application") == 1


def test_a_press_that_is_repeated_after_a_long_silence_adds_once(
    alice_at: Page, served: WebServer, seeker: Person
) -> None:
    button = submit_of(alice_at, fill_application(alice_at, seeker)).last
    alice_at.clock.install()
    with frozen(served.process.pid):
        alice_at.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-busy", "true")
        alice_at.clock.fast_forward(11_000)
        expect(button).not_to_have_attribute("aria-busy", "true")
        alice_at.keyboard.press("Enter")
    expect(alice_at.get_by_text("Cartographer at Halcyon added")).to_be_visible()
    expect(alice_at.get_by_role("link", name="Cartographer")).to_have_count(1)
    assert number(seeker, "application") == 1


def test_a_rejected_form_can_be_submitted_again_at_once(alice_at: Page, seeker: Person) -> None:
    button = submit_of(alice_at, fill_application(alice_at, seeker)).last
    alice_at.get_by_role("textbox", name="Company").fill("")
    button.click()
    expect(alice_at.get_by_role("textbox", name="Company")).to_be_focused()
    expect(button).not_to_have_attribute("aria-busy", "true")
    alice_at.get_by_role("textbox", name="Company").fill("Halcyon")
    button.click()
    expect(alice_at.get_by_text("Cartographer at Halcyon added")).to_be_visible()
    assert number(seeker, "application") == 1


def test_the_next_form_of_the_same_dialog_adds_another(alice_at: Page, seeker: Person) -> None:
    for _ in range(2):
        submit_of(alice_at, fill_application(alice_at, seeker)).last.click()
        expect(alice_at.get_by_role("dialog")).to_have_count(0)
    expect(alice_at.get_by_role("link", name="Cartographer")).to_have_count(2)
    assert number(seeker, "application") == 2


def test_two_events_with_one_key_add_once_and_get_one_answer(alice_at: Page, seeker: Person) -> None:
    """The browser may send both, for example after a reconnection."""
    frames: list[Any] = []

    def note(frame: Any) -> None:
        frames.append(frame)

    alice_at.on("websocket", lambda socket: socket.on("framesent", note))
    button = submit_of(alice_at, fill_application(alice_at, seeker)).last
    form = alice_at.locator("form", has=button)
    again = "form => { form.requestSubmit(); form.removeAttribute('data-pending'); form.requestSubmit(); }"
    form.evaluate(again)
    expect(alice_at.get_by_text("Cartographer at Halcyon added")).to_be_visible()
    # A tab's events are carried out one after the other: this one after both.
    alice_at.get_by_role("searchbox", name="Search applications").fill("Cart")
    expect(alice_at).to_have_url(re.compile("q=Cart"))
    assert len([frame for frame in frames if "add_application____add_application.save" in str(frame)]) == 2
    assert number(seeker, "application") == 1
