"""Letters in the browser: drafted from bullets, marked where unsupported, corrected, sent."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.services.preferences import learn_zone
from tracker.services.profile.edits import add_bullet

POSTING = "You must know PostgreSQL.\nKubernetes is required."


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_letter_is_drafted_marked_corrected_and_sent(visits: Any, alice: Person, screen: Any) -> None:
    alice.call(learn_zone, "Europe/Berlin")
    of = alice.add_application("Brightwater", "Backend engineer", posting_text=POSTING)
    page: Page = visits(alice.user, **screen)
    page.goto(f"/applications/{of}?tab=letter")
    expect(page.get_by_role("link", name="Complete your profile")).to_be_visible()
    alice.call(add_bullet, {"text": "Moved 40 services to PostgreSQL", "skills": "PostgreSQL"})
    page.get_by_label("Tone").select_option("warm")
    page.get_by_role("button", name="Draft a letter").click()
    letter = page.get_by_role("region", name="Letter", exact=True)
    expect(letter.get_by_text("Moved 40 services to PostgreSQL")).to_be_visible()
    expect(letter.get_by_text("which your profile doesn't support: Kubernetes.")).to_be_visible()
    page.get_by_role("button", name="Edit the letter").click()
    text = page.get_by_role("textbox", name="Text of the letter")
    text.fill(f"{text.input_value()}\n\nI have twelve years of experience with Kubernetes.")
    page.get_by_role("button", name="Save letter").click()
    unborne = page.get_by_role("region", name="Not in your profile")
    expect(unborne).to_be_visible()
    expect(page.get_by_role("link", name="Word")).to_be_hidden()
    page.get_by_text("Use it anyway").click()
    expect(page.get_by_text("The reader may ask about it.")).to_be_visible()
    unborne.get_by_role("link", name="Add a bullet that says").first.click()
    bullet = page.get_by_role("textbox", name="Bullet")
    expect(bullet).to_have_value("I have twelve years of experience with Kubernetes.")
    expect(bullet).to_be_focused()
    page.go_back()
    unborne.get_by_role("button", name="Remove the sentence").first.click()
    expect(unborne).to_have_count(0)
    page.get_by_role("button", name="Mark as sent").click()
    expect(letter.get_by_text("sent ").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename == "letter-brightwater.docx"
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert PdfReader(download.value.path()).pages[0].extract_text().startswith("Hello Brightwater team,")
    page.reload()
    expect(letter.get_by_text("Moved 40 services to PostgreSQL")).to_be_visible()
    page.get_by_role("button", name="Edit the letter").click()
    text.fill("Dear 田中 team")
    page.get_by_role("button", name="Save letter").click()
    expect(letter.get_by_text("The PDF font lacks 田 中.")).to_be_visible()
    expect(page.get_by_role("link", name="PDF")).to_have_count(0)
