"""Writing a profile by hand, from pasted text and from a file, each reviewed before it is saved."""

import io
import re
from typing import Any

import pytest
import redis
from playwright.sync_api import Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.support.browser import PHONE
from tests.support.live_pages import wait_for_storage
from tests.support.open_forms import NO_DRAFT
from tests.support.people import Person
from tests.support.resumes import EVERY
from tests.support.waiting_jobs import run_jobs
from tracker.db import scoped
from tracker.services.profile import edits
from tracker.shapes.people import Who


def bullets(page: Page, position: str) -> list[str]:
    """Return the bullets of a position in their order."""
    return page.get_by_role("region", name=position).locator(".words").all_inner_texts()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_resume_is_pasted_reviewed_kept_edited_and_put_in_order(
    visits: Any, alice: Person, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    page.goto("/profile")
    expect(page.get_by_role("heading", name="What letters can say about you")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Import a resume").last.click()
    dialog = page.get_by_role("dialog", name="Import a resume")
    dialog.get_by_role("button", name="Read the text").click()
    expect(dialog.get_by_text("Paste the text of your resume.")).to_be_visible()
    dialog.get_by_label("Paste the text").fill(EVERY["plain"])
    dialog.get_by_role("button", name="Read the text").click()
    expect(page.get_by_text("Reading the pasted text.")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_role("button", name="Keep 3 positions and 7 bullets")).to_be_visible()
    page.get_by_label("Keep: Led a team of four").uncheck()
    page.get_by_label("Keep the position MSc Computer Science").uncheck()
    job = page.get_by_role("region", name="Senior Backend Engineer at Kestrel Labs")
    job.get_by_label("Bullet").first.fill("Moved 41 services to Python 3")
    page.get_by_role("button", name="Keep 2 positions and 6 bullets").click()
    expect(page.get_by_text("Kept 2 positions and 6 bullets")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/profile/?$"))
    lead = "Senior Backend Engineer at Kestrel Labs"
    expect(page.get_by_role("button", name="Edit: Moved 41 services to Python 3")).to_be_visible()
    page.get_by_role("button", name="Edit: Cut the AWS bill").click()
    form = page.get_by_role("region", name=lead)
    form.get_by_role("textbox", name="Bullet").fill("Cut the cloud bill by 38 %")
    form.get_by_role("textbox", name="Skills").fill("AWS, finance")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Edit: Cut the cloud bill by 38 %")).to_be_visible()
    page.get_by_role("button", name="Move up: Cut the cloud bill").click()
    expect(page.get_by_role("button", name="Move up: Cut the cloud bill")).to_be_disabled()
    page.reload()
    expect(page.get_by_role("button", name="Edit: Cut the cloud bill")).to_be_visible()
    assert bullets(page, lead) == ["Cut the cloud bill by 38 %", "Moved 41 services to Python 3"]
    page.get_by_role("button", name="By skill").click()
    expect(page.get_by_role("region", name="finance").get_by_role("listitem")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"by=skill"))


def test_a_pdf_is_sent_read_and_kept(visits: Any, alice: Person) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(EVERY["company_first"].strip().split("\n")):
        canvas.drawString(50, 800 - 14 * number, line)
    canvas.save()
    page = visits(alice.user)
    page.goto("/profile")
    send(page, "cv.pdf", buffer.getvalue())
    expect(page.get_by_text("Reading cv.pdf.")).to_be_visible()
    run_jobs(alice.user)
    page.get_by_role("button", name="Keep 3 positions and 3 bullets").click()
    expect(page.get_by_role("heading", name="Operations Manager")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="What letters can say about you")).to_be_visible()


def test_a_file_that_is_no_resume_is_refused_with_a_reason(visits: Any, alice: Person) -> None:
    page = visits(alice.user)
    page.goto("/profile")
    send(page, "cv.pdf", b"<!doctype html><html></html>")
    expect(page.get_by_role("alert").get_by_text("This is a web page, not a resume.")).to_be_visible()
    send(page, "cv.pdf", b"%PDF-1.7 nothing else")
    expect(page.get_by_text("Reading cv.pdf.")).to_be_visible()
    run_jobs(alice.user)
    expect(page.get_by_text("This PDF is damaged")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Resume discarded. Your profile is unchanged")).to_be_visible()


def send(page: Page, name: str, content: bytes) -> None:
    """Send a file through the dialog."""
    page.get_by_role("button", name="Import a resume").first.click()
    dialog = page.get_by_role("dialog", name="Import a resume")
    dialog.get_by_label("File").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    dialog.get_by_role("button", name="Read the file").click()


def test_a_profile_is_written_by_hand_and_by_keyboard(visits: Any, alice: Person) -> None:
    page = visits(alice.user)
    page.goto("/profile")
    page.get_by_role("button", name="Enter it manually").click()
    dialog = page.get_by_role("dialog", name="Add position")
    dialog.get_by_label("From", exact=True).fill("soon")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("What was the title, or the degree?")).to_be_visible()
    dialog.get_by_label("Title or degree").fill("Engineer")
    dialog.get_by_label("From", exact=True).fill("March 2021")
    dialog.get_by_label("Ongoing").check()
    dialog.get_by_role("button", name="Add position").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Mar 2021 – now")).to_be_visible()
    for words in ("First bullet", "Second bullet"):
        expect(page.get_by_role("textbox", name="Bullet")).to_have_value("")
        page.get_by_role("textbox", name="Bullet").fill(words)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("button", name=f"Edit: {words}")).to_be_visible()
    page.get_by_role("textbox", name="Bullet").press("Escape")
    expect(page.get_by_role("textbox", name="Bullet")).to_have_count(0)
    page.get_by_role("button", name="Remove: First bullet").click()
    expect(page.get_by_role("button", name="Edit: First bullet")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Edit: First bullet")).to_be_visible()
    page.get_by_role("button", name="Edit the headline and languages").click()
    page.get_by_role("textbox", name="Headline").fill("Engineer of bridges")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Engineer of bridges")).to_be_visible()
    down = page.get_by_role("button", name="Move down: First bullet")
    down.focus()
    page.keyboard.press("Enter")
    expect(down).to_be_disabled()
    expect(down).to_be_focused()


def clashing(page: Page, alice: Who) -> Locator:
    """Return the dialog with both texts of a bullet, changed elsewhere during an edit, skills too."""
    with scoped(alice) as scope:
        bullet = edits.add_bullet(scope, {"text": "As it was"})
    page.goto("/profile")
    page.get_by_role("button", name="Edit: As it was").click()
    page.get_by_role("textbox", name="Bullet").fill("Mine")
    page.get_by_role("textbox", name="Skills").fill("Maps")
    with scoped(alice) as scope:
        edits.edit_bullet(scope, bullet, {"text": "Theirs"}, {"text": "As it was"})
    page.get_by_role("button", name="Save").click()
    both = page.get_by_role("alertdialog", name="Two texts of one field")
    expect(both.get_by_label("Yours")).to_have_value("Mine")
    expect(both.get_by_label("The other")).to_have_value("Theirs")
    return both


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_bullet_changed_elsewhere_shows_both_texts_where_its_form_was(
    visits: Any, alice: Person, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    both = clashing(page, alice.user)
    expect(both.get_by_label("Yours")).to_be_focused()
    expect(both.get_by_label("Yours")).to_be_in_viewport()
    expect(page.get_by_text("Text: changed elsewhere. Choose which text to keep.")).to_be_visible()
    both.get_by_label("Yours").fill(" ")
    both.get_by_role("button", name="Keep mine").click()
    expect(both.get_by_text("What did you do, or what do you know?")).to_be_visible()
    both.get_by_label("Yours").fill("Merged")
    both.get_by_role("button", name="Keep mine").click()
    edit = page.get_by_role("button", name="Edit: Merged")
    expect(edit).to_be_focused()
    expect(both).to_have_count(0)
    expect(page.get_by_role("list", name="Skills")).to_have_text("Maps")
    page.evaluate(NO_DRAFT)


def test_a_merged_bullet_continues_in_its_form_after_the_panel_closes(
    visits: Any, alice: Person, redis_url: str
) -> None:
    page = visits(alice.user)
    clashing(page, alice.user).get_by_label("Yours").fill("Merged")
    with redis.Redis.from_url(redis_url) as store:
        wait_for_storage(store)
        store.flushall()
    page.reload()
    page.get_by_role("button", name="Edit: Theirs").click()
    expect(page.get_by_role("textbox", name="Bullet")).to_have_value("Merged")
    expect(page.get_by_role("textbox", name="Skills")).to_have_value("Maps")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Edit: Merged")).to_be_visible()
    page.evaluate(NO_DRAFT)


def test_a_choice_changed_elsewhere_offers_both_values(visits: Any, alice: Person) -> None:
    with scoped(alice.user) as scope:
        place = edits.add_position(scope, {"title": "Surveyor", "kind": "job"})
    page = visits(alice.user)
    page.goto("/profile")
    page.get_by_role("button", name="Edit: Surveyor").click()
    page.get_by_role("region", name="Surveyor").get_by_label("Kind").select_option("education")
    with scoped(alice.user) as scope:
        edits.edit_position(scope, place, {"title": "Surveyor", "kind": "project"}, {"kind": "job"})
    page.get_by_role("button", name="Save").click()
    both = page.get_by_role("alertdialog")
    expect(both.get_by_label("Yours")).to_have_value("education")
    expect(both.get_by_label("The other").locator("option:checked")).to_have_text("Project")
    both.get_by_role("button", name="Keep the other").click()
    expect(both).to_have_count(0)
    expect(page.get_by_role("region", name="Surveyor").get_by_text("Project")).to_be_visible()


def test_a_bullet_being_edited_outlives_a_change_made_elsewhere(visits: Any, alice: Person) -> None:
    with scoped(alice.user) as scope:
        edits.add_bullet(scope, {"text": "As it was"})
    editor, other = visits(alice.user), visits(alice.user)
    for page in (editor, other):
        page.goto("/profile")
        page.get_by_role("button", name="Edit: As it was").click()
    other.get_by_role("textbox", name="Bullet").fill("Mine")
    editor.get_by_role("textbox", name="Bullet").fill("Theirs")
    editor.get_by_role("button", name="Save").click()
    expect(editor.get_by_role("button", name="Edit: Theirs")).to_be_visible()
    expect(other.get_by_role("textbox", name="Bullet")).to_have_value("Mine")
    other.get_by_role("button", name="Save").click()
    other.get_by_role("alertdialog").get_by_role("button", name="Keep mine").click()
    expect(editor.get_by_role("button", name="Edit: Mine")).to_be_visible()
