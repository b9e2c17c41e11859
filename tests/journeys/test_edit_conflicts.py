"""Edit conflicts: both texts are shown in the form, and no version is lost."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import redis
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.live_pages import wait_for_storage
from tests.support.open_forms import NO_DRAFT, RESTORED, edited
from tests.support.people import Person
from tests.support.visits import Visit
from tracker.services.applications import field_edits
from tracker.services.interviews import state_changes
from tracker.services.interviews.scheduling import schedule
from tracker.services.letters import versions
from tracker.services.preferences import learn_zone
from tracker.services.preparation import edits
from tracker.services.profile.edits import add_bullet, add_position

MINE = "What I make of it"


@dataclass(frozen=True)
class Editor:
    """Place where a text is edited: page, button and field, and how to change and read it elsewhere."""

    address: str
    button: str
    field: str
    save: str
    change: Callable[[str, str], object]
    now: Callable[[], str]


def notes(person: Person) -> Editor:
    row_id = person.add_application(notes="First")
    return Editor(
        f"/applications/{row_id}?tab=notes",
        "Edit notes",
        "Notes",
        "Save",
        lambda was, to: person.call(field_edits.edit, row_id, "notes", to, was),
        lambda: str(person.row("application", row_id)["notes"]),
    )


def letter(person: Person) -> Editor:
    row_id = person.add_application()
    person.call(
        add_bullet, {"text": "Mapped Bergen", "position_id": person.call(add_position, {"title": "x"})}
    )
    version = person.call(versions.edit, person.call(versions.draft, row_id), "First")
    return Editor(
        f"/applications/{row_id}?tab=letter",
        "Edit the letter",
        "Text of the letter",
        "Save letter",
        lambda was, to: person.call(versions.edit, version, to, was),
        lambda: str(person.row("letter", version)["paragraphs"][0]["text"]),
    )


def debrief(person: Person) -> Editor:
    meeting = person.call(schedule, person.add_application(), {"starts_at": "2026-11-02T10:00"})
    person.call(state_changes.debrief, meeting, "First", "", "")
    return Editor(
        f"/interviews/{meeting}",
        "Edit debrief",
        "Debrief",
        "Save debrief",
        lambda was, to: person.call(state_changes.debrief, meeting, to, "", was),
        lambda: str(person.row("interview", meeting)["debrief"]),
    )


def answer(person: Person) -> Editor:
    meeting = person.call(schedule, person.add_application(), {"starts_at": "2027-03-02T10:00"})
    person.call(edits.add_own, meeting, "Why maps?")
    question = str(person.rows("SELECT id FROM question")[0]["id"])
    person.call(edits.answer, question, "First", "")
    return Editor(
        f"/interviews/{meeting}/practice",
        "Edit answer: Why maps?",
        "Answer: Why maps?",
        "Save answer",
        lambda was, to: person.call(edits.answer, question, to, was),
        lambda: str(person.row("question", question)["answer"]),
    )


def company(person: Person) -> Editor:
    """Return the editor of a one-line field without a draft."""
    row_id = person.add_application(company="First")
    return Editor(
        f"/applications/{row_id}",
        "Edit Company: First",
        "Company",
        "Save",
        lambda was, to: person.call(field_edits.edit, row_id, "company", to, was),
        lambda: str(person.row("application", row_id)["company"]),
    )


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("editor", [notes, letter, debrief, answer])
def test_each_conflict_shows_its_own_two_texts_where_the_editor_was(
    visits: Visit, alice: Person, editor: Callable[[Person], Editor], screen: dict[str, object]
) -> None:
    alice.call(learn_zone, "Europe/Berlin")
    at, page = editor(alice), visits(alice.user, **screen)
    page.goto(at.address)
    edited(page, at.button, at.field).fill(MINE)
    at.change("First", "Second")
    page.get_by_role("button", name=at.save, exact=True).click()
    expect_both_texts(page, "Second")
    expect(page.get_by_text("Choose which text to keep.")).to_be_visible()
    at.change("Second", "Third")
    both = page.get_by_role("alertdialog")
    both.get_by_role("button", name="Keep mine").click()
    expect_both_texts(page, "Third")
    assert at.now() == "Third"
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    expect(page.get_by_role("button", name=at.button, exact=True)).to_be_focused()
    assert at.now() == MINE


def clashing(page: Page, at: Editor) -> Locator:
    """Return the dialog with both texts, after the field was changed elsewhere during an edit."""
    page.goto(at.address)
    edited(page, at.button, at.field).fill(MINE)
    at.change("First", "Second")
    page.get_by_role("button", name=at.save, exact=True).click()
    expect_both_texts(page, "Second")
    return page.get_by_role("alertdialog")


@pytest.mark.parametrize("editor", [notes, letter, debrief, answer, company])
def test_typing_in_either_text_of_a_conflict_survives_a_reload(
    alice_at: Page, seeker: Person, editor: Callable[[Person], Editor]
) -> None:
    at = editor(seeker)
    both = clashing(alice_at, at)
    both.get_by_label("Yours").fill("Mine merged")
    both.get_by_label("The other").fill("Second merged")
    alice_at.reload()
    expect(both.get_by_label("Yours")).to_have_value("Mine merged")
    expect(both.get_by_label("The other")).to_have_value("Second merged")
    expect(both.get_by_text(RESTORED).filter(visible=True)).to_have_count(2)
    both.get_by_role("button", name="Discard").last.click()
    expect(both.get_by_label("The other")).to_have_value("Second")
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    alice_at.evaluate(NO_DRAFT)
    assert at.now() == "Mine merged"


@pytest.mark.parametrize("editor", [notes, company])
def test_a_newer_conflict_is_offered_nothing_that_was_typed_on_an_earlier_one(
    alice_at: Page, seeker: Person, editor: Callable[[Person], Editor]
) -> None:
    at = editor(seeker)
    both = clashing(alice_at, at)
    both.get_by_label("The other").fill("Second merged")
    both.get_by_label("Yours").fill("Mine merged")
    at.change("Second", "Third")
    both.get_by_role("button", name="Keep the other").click()
    expect(both.get_by_label("The other")).to_have_value("Third")
    expect(both.get_by_label("Yours")).to_have_value("Second merged")
    expect(both.get_by_text(RESTORED).filter(visible=True)).to_have_count(0)
    alice_at.reload()
    expect(both.get_by_label("The other")).to_have_value("Third")
    expect(both.get_by_label("Yours")).to_have_value("Second merged")
    both.get_by_role("button", name="Keep the other").click()
    expect(both).to_have_count(0)
    alice_at.evaluate(NO_DRAFT)
    assert at.now() == "Third"


@pytest.mark.parametrize("side", ["Yours", "The other"])
@pytest.mark.parametrize("editor", [notes, letter, debrief, answer])
def test_a_merge_continues_in_the_editor_without_a_conflict_after_the_panel_closes(
    alice_at: Page, seeker: Person, editor: Callable[[Person], Editor], side: str, redis_url: str
) -> None:
    at = editor(seeker)
    clashing(alice_at, at).get_by_label(side).fill("Merged")
    with redis.Redis.from_url(redis_url) as store:
        wait_for_storage(store)
        store.flushall()
    alice_at.reload()
    expect(edited(alice_at, at.button, at.field)).to_have_value("Merged")
    expect(alice_at.get_by_text(RESTORED).filter(visible=True)).to_be_visible()
    alice_at.get_by_role("button", name=at.save, exact=True).click()
    expect(alice_at.get_by_role("button", name=at.button, exact=True)).to_be_visible()
    alice_at.evaluate(NO_DRAFT)
    assert at.now() == "Merged"


def expect_both_texts(page: Page, theirs: str) -> None:
    """Check that both texts are shown, and that the user's own has the focus."""
    both = page.get_by_role("alertdialog", name="Two texts of one field")
    expect(both.get_by_label("The other")).to_have_value(theirs)
    expect(both.get_by_label("Yours")).to_have_value(MINE)
    expect(both.get_by_label("Yours")).to_be_focused()
    expect(both.get_by_label("Yours")).to_be_in_viewport()
