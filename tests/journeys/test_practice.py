"""Preparing for an interview in the browser: taking questions, writing answers, practising, printing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.services.interviews.scheduling import schedule
from tracker.services.preferences import learn_zone
from tracker.services.preparation.edits import answer
from tracker.services.profile.edits import add_bullet


@pytest.fixture
def meeting(alice: Person) -> str:
    """Return an interview of alice's."""
    alice.call(learn_zone, "Europe/Berlin")
    typed = {"kind": "technical", "starts_at": "2027-03-12T10:00", "zone": "Europe/Berlin"}
    of: str = alice.call(schedule, alice.add_application("Brightwater", "Backend engineer"), typed)
    return of


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_questions_are_taken_answered_practised_and_ticked_off(
    visits: Any, alice: Person, meeting: str, screen: Any
) -> None:
    page: Page = visits(alice.user, **screen)
    page.goto(f"/interviews/{meeting}")
    page.get_by_role("link", name="Practise questions and answers").click()
    expect(page).to_have_title("Practice for Technical, round 1, Backend engineer at Brightwater · Pursuit")
    expect(page.get_by_text("The role says backend.").first).to_be_visible()
    page.get_by_role("button", name="Add: What work are you proudest of?").click()
    expect(page.get_by_text("1 question added")).to_be_visible()
    page.get_by_role("button", name="Write an answer: What work are you proudest of?").click()
    page.get_by_role("textbox", name="Answer: What work are you proudest of?").fill("The map of **Bergen**.")
    page.get_by_role("button", name="Save answer").click()
    drill = page.get_by_role("region", name="From memory")
    expect(drill.get_by_text("What work are you proudest of?")).to_be_visible()
    expect(drill.get_by_text("Bergen")).to_have_count(0)
    drill.get_by_role("button", name="Show my answer").click()
    expect(drill.get_by_text("Bergen")).to_be_visible()
    page.keyboard.press("4")
    expect(drill).to_have_count(0)
    expect(page.get_by_text(re.compile("Again in"))).to_be_visible()
    page.get_by_label("Prepared: What work are you proudest of?").check()
    expect(page.get_by_text("1 of 1 prepared")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 of 1 prepared")).to_be_visible()
    page.get_by_role("button", name="Remove: What work are you proudest of?").click()
    expect(page.get_by_text("Choose the questions you expect")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("1 of 1 prepared")).to_be_visible()


def test_an_answer_that_was_changed_elsewhere_shows_both_texts(
    visits: Any, alice: Person, meeting: str
) -> None:
    page: Page = visits(alice.user)
    page.goto(f"/interviews/{meeting}/practice")
    page.get_by_label("Question", exact=True).fill("Why maps?")
    page.get_by_role("button", name="Add question").click()
    page.get_by_role("button", name="Write an answer: Why maps?").click()
    page.get_by_role("textbox", name="Answer: Why maps?").fill("Mine")
    question = str(alice.rows("SELECT id FROM question")[0]["id"])
    alice.call(answer, question, "Written elsewhere")
    expect(page.get_by_role("region", name="From memory")).to_contain_text("1 to practise")
    expect(page.get_by_role("textbox", name="Answer: Why maps?")).to_have_value("Mine")
    page.get_by_role("button", name="Save answer").click()
    clash = page.get_by_role("alertdialog", name="Two texts of one field")
    expect(clash.get_by_label("The other")).to_have_value("Written elsewhere")
    clash.get_by_role("button", name="Keep mine").click()
    expect(clash).to_have_count(0)
    assert alice.row("question", question)["answer"] == "Mine"


def test_the_sheet_is_printed_with_every_answer_and_without_the_drill(
    alice_at: Page, alice: Person, meeting: str
) -> None:
    alice_at.goto(f"/interviews/{meeting}/practice")
    alice_at.get_by_role("button", name="Add all").click()
    alice_at.get_by_role("button", name="Write an answer").first.click()
    alice_at.get_by_role("textbox", name=re.compile("^Answer")).fill("On paper too.")
    alice_at.get_by_role("button", name="Save answer").click()
    expect(alice_at.get_by_role("region", name="From memory")).to_be_visible()
    alice_at.emulate_media(media="print")
    expect(alice_at.get_by_text("On paper too.")).to_be_visible()
    expect(alice_at.get_by_role("region", name="From memory")).to_be_hidden()
    expect(alice_at.get_by_role("button", name="Print")).to_be_hidden()


def test_a_question_shows_the_bullets_that_answer_it_and_prints_them(
    alice_at: Page, alice: Person, meeting: str
) -> None:
    alice.call(add_bullet, {"text": "Mediated between two teams, cutting delays by 40 %"})
    alice_at.goto(f"/interviews/{meeting}/practice")
    alice_at.get_by_role("button", name=re.compile("^Add: What work are you proudest of")).click()
    region = alice_at.get_by_role("region", name="About you")
    region.get_by_text("Answer from one of your bullets").click()
    expect(region.get_by_role("definition").nth(3)).to_have_text("cutting delays by 40 %")
    expect(region.get_by_text("What was asked of you, and what was at stake?")).to_be_visible()
    region.get_by_text("Answer from one of your bullets").click()
    expect(region.get_by_text("What was asked of you, and what was at stake?")).to_be_hidden()
    expect(alice_at.get_by_role("link", name=re.compile("^Write a bullet")).first).to_have_attribute(
        "href", "/profile"
    )
    alice_at.emulate_media(media="print")
    expect(region.get_by_text("What was asked of you, and what was at stake?")).to_be_visible()


def test_another_user_finds_no_practice_page(visits: Any, bob: Person, meeting: str) -> None:
    his: Page = visits(bob.user)
    his.goto(f"/interviews/{meeting}/practice")
    expect(his.get_by_role("heading", name="This interview doesn't exist, or isn't yours")).to_be_visible()
