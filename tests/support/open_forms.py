"""Forms with longer texts: each function creates the rows and returns how to open its form."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.people import Person
from tracker.services.contacts.contact_changes import add as add_contact
from tracker.services.interviews.scheduling import schedule
from tracker.services.interviews.state_changes import debrief
from tracker.services.letters.versions import draft as draft_letter
from tracker.services.preparation.edits import add_own
from tracker.services.profile.edits import add_bullet, add_position

Opened = Callable[[Page], Locator]
TYPED = "Half a thought about maps"
RESTORED = "Draft restored"
NO_DRAFT = """new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('a draft is still stored')), 10000);
  const look = () => (Object.keys(localStorage).some((key) => key.startsWith('draft:')) ? setTimeout(look, 50) : resolve());
  look();
})"""
"""Resolves when no draft is stored; fails after ten seconds."""


def of_notes(person: Person) -> Callable[[Page], Locator]:
    address = f"/applications/{person.add_application(notes='Old')}?tab=notes"

    def opened(page: Page) -> Locator:
        page.goto(address)
        return edited(page, "Edit notes", "Notes")

    return opened


def edited(page: Page, button: str, field: str) -> Locator:
    """Return the field, after opening its form if it is closed."""
    box = page.get_by_role("textbox", name=field, exact=True)
    opener = page.get_by_role("button", name=button, exact=True)
    expect(box.or_(opener).first).to_be_visible()
    if not box.is_visible():
        opener.click()
    return box


def of_posting(person: Person) -> Callable[[Page], Locator]:
    address = f"/applications/{person.add_application(posting_text='Old')}?tab=posting"

    def opened(page: Page) -> Locator:
        page.goto(address)
        return edited(page, "Edit posting", "Posting")

    return opened


def of_letter(person: Person) -> Callable[[Page], Locator]:
    row_id = person.add_application()
    person.call(
        add_bullet, {"text": "Mapped Bergen", "position_id": person.call(add_position, {"title": "x"})}
    )
    person.call(draft_letter, row_id)

    def opened(page: Page) -> Locator:
        page.goto(f"/applications/{row_id}?tab=letter")
        return edited(page, "Edit the letter", "Text of the letter")

    return opened


def of_debrief(person: Person) -> Callable[[Page], Locator]:
    meeting = person.call(schedule, person.add_application(), {"starts_at": "2026-11-02T10:00"})
    person.call(debrief, meeting, "Old", "", "")

    def opened(page: Page) -> Locator:
        page.goto(f"/interviews/{meeting}")
        return edited(page, "Edit debrief", "Debrief")

    return opened


def of_preparation(person: Person) -> Callable[[Page], Locator]:
    meeting = person.call(
        schedule, person.add_application(), {"starts_at": "2027-03-02T10:00", "preparation": "Old"}
    )

    def opened(page: Page) -> Locator:
        page.goto(f"/interviews/{meeting}")
        return edited(page, "Edit preparation", "Preparation")

    return opened


def of_answer(person: Person) -> Callable[[Page], Locator]:
    meeting = person.call(schedule, person.add_application(), {"starts_at": "2027-03-02T10:00"})
    person.call(add_own, meeting, "Why maps?")

    def opened(page: Page) -> Locator:
        page.goto(f"/interviews/{meeting}/practice")
        return edited(page, "Write an answer: Why maps?", "Answer: Why maps?")

    return opened


def of_contact(person: Person) -> Callable[[Page], Locator]:
    row_id = person.call(add_contact, {"name": "Ann", "notes": "Old"})

    def opened(page: Page) -> Locator:
        page.goto(f"/contacts/{row_id}")
        return edited(page, "Edit notes", "Notes")

    return opened


def of_bullet(person: Person) -> Callable[[Page], Locator]:
    person.call(add_position, {"title": "Surveyor"})

    def opened(page: Page) -> Locator:
        page.goto("/profile")
        return edited(page, "Add bullet: Surveyor", "Bullet")

    return opened


def of_new_application(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/applications")
        page.get_by_role("main").get_by_role("button", name="Add application").first.click()
        dialog = page.get_by_role("dialog", name="Add application")
        if not dialog.get_by_label("Notes").is_visible():
            dialog.get_by_text("More details").click()
        return dialog.get_by_label("Notes")

    return opened


def of_new_interview(person: Person) -> Callable[[Page], Locator]:
    address = f"/applications/{person.add_application()}?tab=interviews"

    def opened(page: Page) -> Locator:
        page.goto(address)
        page.get_by_role("main").get_by_role("button", name="Schedule interview").first.click()
        return page.get_by_role("dialog", name="Schedule interview").get_by_label("Preparation")

    return opened


def of_new_contact(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/contacts")
        page.get_by_role("button", name="Add contact").first.click()
        return page.get_by_role("dialog", name="Add contact").get_by_label("Notes")

    return opened


def of_resume(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/profile")
        page.get_by_role("main").get_by_role("button", name="Import a resume").first.click()
        return page.get_by_role("dialog", name="Import a resume").get_by_label("Paste the text")

    return opened


def of_import(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/import")
        return page.get_by_role("textbox", name="Paste a table")

    return opened


def of_preferences(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/settings")
        return page.get_by_role("main").get_by_label("Name", exact=True)

    return opened


def of_service(_: Person) -> Callable[[Page], Locator]:
    def opened(page: Page) -> Locator:
        page.goto("/settings")
        return page.get_by_role("main").get_by_label("Model", exact=True)

    return opened


FORMS = (
    of_notes,
    of_posting,
    of_letter,
    of_debrief,
    of_preparation,
    of_answer,
    of_contact,
    of_bullet,
    of_new_application,
    of_new_interview,
    of_new_contact,
    of_resume,
    of_import,
    of_preferences,
    of_service,
)


def drafts(page: Page) -> dict[str, Any]:
    stored: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('draft')))"
    )
    return stored
