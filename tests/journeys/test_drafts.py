"""Drafts stay in the browser until they are saved or discarded, and belong to one user."""

import json
import re
from collections.abc import Callable

import pytest
import redis
from playwright.sync_api import Page, expect

from tests.support.application_form import fill_application, number, submit_of
from tests.support.held_connection import HeldConnection
from tests.support.live_pages import wait_for_storage
from tests.support.open_forms import FORMS, NO_DRAFT, RESTORED, TYPED, Opened, drafts, edited, of_notes
from tests.support.people import Person
from tracker.services.applications import field_edits
from tracker.services.interviews.scheduling import move as reschedule
from tracker.services.interviews.scheduling import schedule

FULL = """
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith('draft')) throw new DOMException('full', 'QuotaExceededError');
  setItem.call(this, key, value);
};
"""


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_restored_after_another_page_and_after_a_reload(
    alice_at: Page, seeker: Person, form: Callable[[Person], Opened]
) -> None:
    opened = form(seeker)
    box = opened(alice_at)
    before = box.input_value()
    ready(alice_at)
    box.fill(TYPED)
    alice_at.goto("/analytics")
    box = opened(alice_at)
    expect(box).to_have_value(TYPED)
    note = alice_at.get_by_role("status").filter(has_text=RESTORED).filter(visible=True)
    expect(note).to_be_visible()
    note.get_by_role("button", name="Discard").click()
    expect(box).to_have_value(before)
    expect(note).to_have_count(0)
    expect(opened(alice_at)).to_have_value(before)


def test_a_time_that_is_half_moved_is_offered_again_unless_it_was_moved_elsewhere(
    alice_at: Page, seeker: Person
) -> None:
    meeting = seeker.call(schedule, seeker.add_application(), {"starts_at": "2027-03-02T10:00"})
    alice_at.goto(f"/interviews/{meeting}")
    move = alice_at.get_by_role("button", name="Move", exact=True)
    dialog = alice_at.get_by_role("dialog", name="Move interview")
    move.click()
    dialog.get_by_label("Starts").fill("2027-03-04T15:30")
    alice_at.reload()
    move.click()
    expect(dialog.get_by_label("Starts")).to_have_value("2027-03-04T15:30")
    expect(dialog.get_by_text(RESTORED)).to_be_visible()
    seeker.call(
        reschedule, meeting, {"starts_at": "2027-03-09T11:00", "zone": "Europe/Berlin", "minutes": "60"}
    )
    alice_at.reload()
    move.click()
    expect(dialog.get_by_label("Starts")).to_have_value("2027-03-09T11:00")
    expect(dialog.get_by_text(RESTORED)).to_be_hidden()


def test_a_cadence_is_offered_again_and_ends_when_it_is_saved(alice_at: Page, seeker: Person) -> None:
    days = alice_at.get_by_label("Follow up after applying")
    alice_at.goto("/settings")
    days.fill("9")
    alice_at.reload()
    expect(days).to_have_value("9")
    expect(alice_at.get_by_text(RESTORED).filter(visible=True)).to_be_visible()
    alice_at.get_by_role("button", name="Save", exact=True).click()
    expect(alice_at.get_by_text("Settings saved")).to_be_visible()
    alice_at.evaluate(NO_DRAFT)


def test_a_choice_that_was_saved_is_no_part_of_a_later_draft(alice_at: Page, seeker: Person) -> None:
    alice_at.goto("/settings")
    main = alice_at.get_by_role("main")
    main.get_by_label("Week begins on").select_option(index=1)
    main.get_by_role("button", name="Save", exact=True).click()
    expect(alice_at.get_by_text("Settings saved")).to_be_visible()
    alice_at.evaluate(NO_DRAFT)
    main.get_by_label("Name", exact=True).fill(TYPED)
    alice_at.goto("/analytics")
    [draft_values] = (
        json.loads(draft) for name, draft in drafts(alice_at).items() if name.startswith("draft:")
    )
    assert draft_values["values"] == {"name": TYPED}


def test_a_note_survives_another_tab_of_its_application_and_the_way_back(
    alice_at: Page, seeker: Person
) -> None:
    box = of_notes(seeker)(alice_at)
    box.fill(TYPED)
    alice_at.get_by_role("link", name="Posting", exact=True).click()
    expect(alice_at.get_by_role("heading", name="Posting", exact=True)).to_be_visible()
    alice_at.get_by_role("link", name="Notes", exact=True).click()
    expect(box).to_have_value(TYPED)
    go_to_analytics(alice_at)
    alice_at.go_back()
    edit = alice_at.get_by_role("button", name="Edit notes")
    expect(edit).to_have_attribute("data-drafted", "")
    edit.click()
    expect(box).to_have_value(TYPED)


def test_a_note_survives_the_loss_of_every_state_of_the_interface(
    alice_at: Page, seeker: Person, redis_url: str
) -> None:
    opened = of_notes(seeker)
    opened(alice_at).fill(TYPED)
    with redis.Redis.from_url(redis_url) as store:
        wait_for_storage(store)
        store.flushall()
    alice_at.reload()
    expect(edited(alice_at, "Edit notes", "Notes")).to_have_value(TYPED)


def go_to_analytics(page: Page) -> None:
    """Open analytics by the sidebar and wait until it has loaded, so that the editor was left."""
    page.get_by_role("link", name="Analytics").click()
    expect(page.get_by_role("heading", name=re.compile("Rates|Your search in figures"))).to_be_visible()


def ready(page: Page) -> None:
    """Wait until the page knows whose drafts to store."""
    expect(page.locator("[data-owner]:not([data-owner=''])")).to_have_count(1)


def test_saving_and_cancelling_end_a_draft(alice_at: Page, seeker: Person) -> None:
    opened = of_notes(seeker)
    box = opened(alice_at)
    box.fill(TYPED)
    alice_at.get_by_role("button", name="Save").click()
    expect(box).to_have_count(0)
    alice_at.evaluate(NO_DRAFT)
    opened(alice_at).fill("Another thought")
    alice_at.get_by_role("button", name="Cancel").click()
    expect(opened(alice_at)).to_have_value(TYPED)
    alice_at.evaluate(NO_DRAFT)


def test_a_draft_on_a_text_that_was_changed_elsewhere_meets_it_when_it_is_saved(
    alice_at: Page, seeker: Person
) -> None:
    row_id = seeker.add_application(notes="Old")
    alice_at.goto(f"/applications/{row_id}?tab=notes")
    edited(alice_at, "Edit notes", "Notes").fill(TYPED)
    alice_at.goto("/analytics")
    expect(alice_at.get_by_role("heading", name="Analytics")).to_be_visible()
    seeker.call(field_edits.edit, row_id, "notes", "Theirs", "Old")
    alice_at.goto(f"/applications/{row_id}?tab=notes")
    expect(edited(alice_at, "Edit notes", "Notes")).to_have_value(TYPED)
    alice_at.get_by_role("button", name="Save").click()
    both = alice_at.get_by_role("alertdialog")
    expect(both.get_by_label("Yours")).to_have_value(TYPED)
    expect(both.get_by_label("The other")).to_have_value("Theirs")
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    expect(edited(alice_at, "Edit notes", "Notes")).to_have_value(TYPED)
    expect(alice_at.get_by_text(RESTORED).filter(visible=True)).to_have_count(0)


def test_a_draft_equal_to_the_saved_text_is_deleted(alice_at: Page, seeker: Person) -> None:
    row_id = seeker.add_application(notes="Old")
    alice_at.goto(f"/applications/{row_id}?tab=notes")
    edited(alice_at, "Edit notes", "Notes").fill(TYPED)
    go_to_analytics(alice_at)
    seeker.call(field_edits.edit, row_id, "notes", TYPED, "Old")
    alice_at.go_back()
    alice_at.get_by_role("button", name="Edit notes").click()
    expect(alice_at.get_by_role("textbox", name="Notes", exact=True)).to_have_value(TYPED)
    expect(alice_at.get_by_text(RESTORED).filter(visible=True)).to_have_count(0)
    alice_at.evaluate(NO_DRAFT)


def test_a_browser_that_stores_nothing_saves_all_the_same(alice_at: Page, seeker: Person) -> None:
    alice_at.add_init_script(FULL)
    box = of_notes(seeker)(alice_at)
    box.fill(TYPED)
    alice_at.get_by_role("button", name="Save").click()
    expect(box).to_have_count(0)
    expect(alice_at.get_by_text(TYPED)).to_be_visible()


def test_a_press_that_is_repeated_in_a_tab_that_knows_nothing_of_its_answer_adds_once(
    alice_at: Page, seeker: Person
) -> None:
    line = HeldConnection(alice_at)
    submit = submit_of(alice_at, fill_application(alice_at, seeker)).last
    ready(alice_at)
    line.hold()
    submit.click()
    other = alice_at.context.new_page()
    other.goto("/applications")
    expect(other.get_by_role("link", name="Cartographer")).to_be_visible()
    other.get_by_role("main").get_by_role("button", name="Add application").first.click()
    expect(other.get_by_role("textbox", name="Role", exact=True)).to_have_value("Cartographer")
    submit_of(other, "Add application").last.click()
    expect(other.get_by_text("Cartographer at Halcyon added")).to_be_visible()
    assert number(seeker, "application") == 1
    line.release()
