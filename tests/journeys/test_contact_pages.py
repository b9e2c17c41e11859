"""Contacts in the browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tracker.db import scoped
from tracker.services.applications import creation
from tracker.services.contacts import contact_changes


@pytest.fixture
def applied(alice: Person) -> str:
    """Return the id of Alice's application as Backend engineer at Kestrel Labs."""
    with scoped(alice.user) as scope:
        return creation.add(scope, {"company": "Kestrel Labs", "role": "Backend engineer"}, "applied")


@pytest.fixture
def lena(alice: Person) -> str:
    """Return the id of a recruiter that Alice knows."""
    with scoped(alice.user) as scope:
        return contact_changes.add(
            scope, {"name": "Lena Brandt", "role": "Recruiter", "company": "Kestrel Labs", "email": "lena@k.example.com"}
        )  # fmt: skip


def add(page: Page, name: str, **more: str) -> None:
    """Add a contact through the dialog."""
    page.get_by_role("button", name="Add contact").first.click()
    dialog = page.get_by_role("dialog", name="Add contact")
    dialog.get_by_label("Name").fill(name)
    for label, value in more.items():
        dialog.get_by_label(label.replace("_", "-")).fill(value)
    dialog.get_by_role("button", name="Add contact").click()
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_contact_is_added_searched_edited_deleted_and_restored(
    visits: Any, alice: Person, screen: Any
) -> None:
    page = visits(alice.user, **screen)
    page.goto("/contacts")
    expect(page.get_by_role("heading", name="The people in your search")).to_be_visible()
    add(page, "Zoë Lindqvist", Role="Recruiter", Email="zoe@talent.example.com")
    add(page, "Tom Ashworth", Company="Brightwater")
    page.get_by_label("Search contacts").fill("zoe recr")
    expect(page.get_by_role("link", name="Tom Ashworth")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"q=zoe\+recr"))
    page.get_by_role("link", name="Zoë Lindqvist").click()
    expect(page).to_have_title("Zoë Lindqvist · Pursuit")
    page.get_by_role("button", name=re.compile("Edit Company")).click()
    page.get_by_role("textbox", name="Company").fill("Independent")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Recruiter at Independent")).to_be_visible()
    page.get_by_role("button", name="Write a note").click()
    page.get_by_role("textbox", name="Notes").fill("Has *two* roles")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="Notes").locator("em")).to_have_text("two")
    page.get_by_role("button", name="Delete contact").click()
    expect(page).to_have_url(re.compile(r"/contacts/?$"))
    expect(page.get_by_role("link", name="Tom Ashworth")).to_be_visible()
    expect(page.get_by_role("link", name="Zoë Lindqvist")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Zoë Lindqvist")).to_be_visible()


def test_a_duplicate_email_address_is_mentioned_and_accepted(visits: Any, alice: Person, lena: str) -> None:
    page = visits(alice.user)
    page.goto("/contacts")
    page.get_by_role("button", name="Add contact").click()
    dialog = page.get_by_role("dialog", name="Add contact")
    dialog.get_by_role("button", name="Add contact").click()
    expect(dialog.get_by_text("Enter a name.")).to_be_visible()
    dialog.get_by_label("Name").fill("L. Brandt")
    dialog.get_by_label("Email").fill("Lena@K.example.com")
    dialog.get_by_label("Phone").focus()
    expect(dialog.get_by_role("link", name="Lena Brandt")).to_be_visible()
    dialog.get_by_role("button", name="Add contact").click()
    expect(page.get_by_role("link", name="L. Brandt")).to_be_visible()


def test_contacts_are_linked_to_an_application_and_taken_off_it(
    visits: Any, alice: Person, applied: str, lena: str
) -> None:
    page = visits(alice.user)
    page.goto(f"/applications/{applied}?tab=contacts")
    here = page.get_by_role("region", name="Contacts")
    add(page, "Marta Kowalska", Role="Engineer")
    expect(here.get_by_role("link", name="Marta Kowalska")).to_be_visible()
    page.get_by_role("button", name="Link a contact").click()
    dialog = page.get_by_role("dialog", name="Link a contact")
    dialog.get_by_label("Find a contact").fill("lena")
    dialog.get_by_role("button", name=re.compile("Lena Brandt")).click()
    expect(dialog).to_be_hidden()
    expect(here.get_by_role("listitem")).to_have_count(2)
    here.get_by_role("button", name="Remove Marta Kowalska").click()
    expect(here.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(here.get_by_role("listitem")).to_have_count(2)


def test_an_application_is_linked_from_the_contact(
    visits: Any, alice: Person, applied: str, lena: str
) -> None:
    page = visits(alice.user)
    page.goto(f"/contacts/{lena}")
    page.get_by_role("button", name="Link an application").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Backend engineer")).click()
    linked = page.get_by_role("region", name="Applications")
    expect(linked.get_by_role("link", name="Backend engineer")).to_be_visible()
    linked.get_by_role("button", name=re.compile("^Remove")).click()
    expect(linked.get_by_text("Not linked to an application yet.")).to_be_visible()


def test_another_user_is_told_that_there_is_no_such_contact(visits: Any, bob: Person, lena: str) -> None:
    page = visits(bob.user)
    page.goto(f"/contacts/{lena}")
    expect(page.get_by_role("heading", name="This contact doesn't exist, or isn't yours")).to_be_visible()
