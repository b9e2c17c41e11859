"""Matching postings in the browser: a posting compared with the profile."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.db import scoped
from tracker.services.applications import creation, deletion
from tracker.services.profile import edits

POSTING = """Requirements
- PostgreSQL
- Terraform
- Fluent English
"""


def test_a_pasted_posting_shows_what_it_asks_for_and_a_new_bullet_meets_it(
    visits: Any, alice: Person
) -> None:
    with scoped(alice.user) as scope:
        application_id = creation.add(scope, {"company": "Halcyon Maps", "role": "Cartographer"}, "saved")
    page = visits(alice.user)
    page.goto(f"/applications/{application_id}?tab=posting")
    asks = page.get_by_role("region", name="Requirements")
    expect(asks.get_by_text("Paste the posting's text to see its requirements.")).to_be_visible()
    page.get_by_role("button", name="Paste the posting's text").click()
    page.get_by_role("textbox", name="Posting").fill(POSTING)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(asks.get_by_role("listitem")).to_have_count(3)
    expect(asks.get_by_role("link", name="Complete your profile")).to_have_attribute("href", "/profile")
    bullet = add_bullet_as(alice.user, "Wrote the survey's modules in Terraform")
    met = asks.get_by_role("listitem").filter(has_text="Terraform").first
    expect(met.get_by_text("Wrote the survey's modules in Terraform")).to_be_visible()
    expect(met.get_by_text("Met", exact=True)).to_be_attached()
    expect(asks.get_by_text("1 of 3 requirements", exact=True)).to_be_visible()
    expect(asks.get_by_text("2 must-haves without support")).to_be_visible()
    with scoped(alice.user) as scope:
        edits.remove_bullet(scope, bullet)
    expect(asks.get_by_role("link", name="Complete your profile")).to_be_visible()


def add_bullet_as(user: Any, text: str) -> str:
    """Add a bullet without a position; return its id."""
    with scoped(user) as scope:
        return edits.add_bullet(scope, {"text": text})


def test_a_long_list_of_requirements_is_folded_and_fits_a_phone(visits: Any, alice: Person) -> None:
    skills = "Python, Kubernetes, Docker, React, TypeScript, Kafka, AWS, Redis, Ruby, Rust, Java"
    with scoped(alice.user) as scope:
        application_id = creation.add(
            scope, {"company": "Halcyon", "role": "Engineer", "posting_text": f"{POSTING}- {skills}"}, "saved"
        )
    add_bullet_as(alice.user, "Wrote the survey's modules in Terraform")
    page: Page = visits(alice.user, **PHONE)
    page.goto(f"/applications/{application_id}?tab=posting")
    asks = page.get_by_role("region", name="Requirements")
    expect(asks.get_by_text("1 of 14 requirements", exact=True)).to_be_visible()
    met = asks.get_by_text("Wrote the survey's modules in Terraform")
    expect(met).not_to_be_visible()
    asks.get_by_text("Show all 14").focus()
    page.keyboard.press("Enter")
    expect(met).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with scoped(alice.user) as scope:
        deletion.remove(scope, [application_id])
    expect(page.get_by_role("heading", name="This application doesn't exist, or isn't yours")).to_be_visible()
