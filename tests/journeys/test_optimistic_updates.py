"""Optimistic updates: a choice shows before the server answers; a refusal reverts and explains it."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.support.held_connection import HeldConnection
from tests.support.people import Person
from tracker.db import engine
from tracker.services.preferences import learn_zone


@pytest.fixture
def line(alice_at: Page) -> HeldConnection:
    """Return the connection of Alice's page."""
    return HeldConnection(alice_at)


@pytest.fixture
def seeker(alice: Person) -> Person:
    """Return Alice with two applications."""
    alice.call(learn_zone, "Europe/Berlin")
    alice.add_application(role="Cartographer", company="Halcyon Maps")
    alice.add_application(role="Surveyor", company="Morrow")
    return alice


def test_a_tick_a_stage_and_a_filter_show_before_they_are_answered(
    alice_at: Page, line: HeldConnection, seeker: Person
) -> None:
    alice_at.goto("/applications")
    tick = alice_at.get_by_label("Select Cartographer at Halcyon Maps")
    every = alice_at.get_by_label("Select all on this page")
    stage = alice_at.get_by_label("Stage of Surveyor at Morrow")
    narrow = alice_at.get_by_role("combobox", name="Workplace")
    board = alice_at.get_by_role("button", name="Board", exact=True)
    expect(tick).to_be_visible()
    line.hold()
    tick.click()
    expect(tick).to_be_checked()
    every.click()
    expect(alice_at.get_by_label("Select Surveyor at Morrow")).to_be_checked()
    before = stage.evaluate("el => getComputedStyle(el).backgroundColor")
    stage.select_option("offer")
    expect(stage).to_have_value("offer")
    assert stage.evaluate("el => getComputedStyle(el).backgroundColor") != before
    narrow.select_option("remote")
    expect(narrow).to_have_value("remote")
    board.click()
    expect(board).to_have_attribute("aria-pressed", "true")
    expect(alice_at.get_by_text("2 selected")).to_have_count(0)
    line.release()
    expect(alice_at.get_by_text("Surveyor at Morrow moved to Offer")).to_be_visible()
    expect(board).to_have_attribute("aria-pressed", "true")
    expect(narrow).to_have_value("remote")


def test_ticked_boxes_stay_ticked_after_the_servers_answer(
    alice_at: Page, line: HeldConnection, seeker: Person
) -> None:
    alice_at.goto("/applications")
    every = alice_at.get_by_label("Select all on this page")
    expect(every).to_be_visible()
    line.hold()
    every.click()
    line.release()
    expect(alice_at.get_by_text("2 selected")).to_be_visible()
    alice_at.get_by_label("Select Surveyor at Morrow").click()
    expect(alice_at.get_by_text("1 selected")).to_be_visible()
    expect(every).not_to_be_checked()
    expect(alice_at.get_by_label("Select Cartographer at Halcyon Maps")).to_be_checked()


def remove_untold(seeker: Person, row_id: str) -> None:
    """Delete an application in a way of which no page is told, so that the next click on it is refused."""
    with engine().begin() as connection:
        begin = text("SELECT set_config('role', 'tracker_app', true), set_config('app.user_id', :id, true)")
        connection.execute(begin, {"id": str(seeker.user.user_id)})
        connection.execute(text("UPDATE application SET deleted_at = now() WHERE id = :id"), {"id": row_id})


def test_a_refused_change_is_reverted_with_a_reason(
    alice_at: Page, line: HeldConnection, seeker: Person
) -> None:
    row_id = seeker.add_application(role="Pilot", company="Tern")
    alice_at.goto(f"/applications/{row_id}")
    stage = alice_at.get_by_label("Stage of Pilot at Tern")
    stars = alice_at.get_by_role("group", name="Excitement")
    delete = alice_at.get_by_role("button", name="Delete application")
    expect(stage).to_have_value("saved")
    line.hold()
    remove_untold(seeker, row_id)
    stage.select_option("offer")
    expect(stage).to_have_value("offer")
    stars.get_by_label("3 of 5").click()
    expect(stars.get_by_label("2 of 5")).to_have_attribute("aria-pressed", "true")
    expect(stars.get_by_label("4 of 5")).to_have_attribute("aria-pressed", "false")
    delete.click()
    expect(delete).to_have_attribute("aria-busy", "true")
    line.release()
    expect(alice_at.get_by_role("status").filter(has_text="application")).to_be_visible()
    expect(stage).to_have_value("saved")
    expect(stars.get_by_label("2 of 5")).to_have_attribute("aria-pressed", "false")
    expect(delete).not_to_have_attribute("aria-busy", "true")
