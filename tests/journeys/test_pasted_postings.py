"""Applications that begin with a posting: pasted, at an address, or shared by a browser."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PHONE
from tests.support.people import Person
from tests.support.posting_site import PostingSite, page, posting_site
from tests.support.waiting_jobs import run_jobs
from tracker.services.capture import fetching

POSTING = """Cartographer (m/f/d) at Halcyon

Location: Berlin, Germany
Salary: €65,000 - €75,000 per year
Apply by: 2026-12-31

You will draw maps of islands."""
PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  if (field.dispatchEvent(event)) document.execCommand('insertText', false, text);
}"""
"""Paste a text into a focused field, as the browser does."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostingSite]:
    """Yield a site with a posting, which this process may reach as a worker."""
    with posting_site() as running:
        running.answers["/jobs/1"] = page(
            "<title>Job Application for Cartographer at Halcyon</title><p>This is a fully remote position.</p>"
        )
        monkeypatch.setattr(fetching, "NETWORK", running.network)
        yield running


def adding(page: Page) -> Locator:
    """Open the dialog that adds an application."""
    page.goto("/applications")
    page.get_by_role("main").get_by_role("button", name="Add application").first.click()
    return page.get_by_role("dialog", name="Add application")


def paste(field: Locator, text: str) -> None:
    """Paste a text into a field."""
    field.focus()
    field.evaluate(PASTE, text)


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["laptop", "phone"])
def test_a_pasted_text_fills_what_is_empty_and_is_stored(visits, seeker: Person, screen) -> None:
    dialog = adding(visits(seeker.user, **screen))
    dialog.get_by_label("Company").fill("Halcyon Maps")
    paste(dialog.get_by_label("Paste a posting"), POSTING)
    expect(dialog.get_by_role("textbox", name="Role", exact=True)).to_have_value("Cartographer")
    expect(dialog.get_by_label("Company")).to_have_value("Halcyon Maps")
    expect(dialog.get_by_label("Salary to")).to_have_value("75000")
    expect(dialog.get_by_label("Deadline")).to_have_value("2026-12-31")
    expect(dialog.get_by_text("Read in the text").first).to_be_visible()
    dialog.get_by_role("textbox", name="Role", exact=True).fill("Map maker")
    dialog.get_by_role("button", name="Add application").click()
    expect(dialog).to_be_hidden()
    [row] = seeker.rows("SELECT company, role, location, posting_text FROM application")
    assert (row["company"], row["role"], row["location"]) == ("Halcyon Maps", "Map maker", "Berlin, Germany")
    assert row["posting_text"] == POSTING


def test_a_posting_pasted_into_the_company_is_read_as_a_posting(alice_at: Page, seeker: Person) -> None:
    dialog = adding(alice_at)
    paste(dialog.get_by_label("Company"), POSTING)
    expect(dialog.get_by_label("Company")).to_have_value("Halcyon")
    paste(dialog.get_by_label("Source"), "Referral")
    expect(dialog.get_by_label("Source")).to_have_value("Referral")


def test_an_address_is_read_by_the_worker_while_the_form_is_used(
    alice_at: Page, seeker: Person, site: PostingSite
) -> None:
    dialog = adding(alice_at)
    paste(dialog.get_by_label("Paste a posting"), f"{site.origin}/jobs/1")
    expect(dialog.get_by_text("Reading the posting")).to_be_visible()
    expect(dialog.get_by_label("Job posting URL")).to_have_value(f"{site.origin}/jobs/1")
    run_jobs(seeker.user)
    expect(dialog.get_by_label("Company")).to_have_value("Halcyon")
    expect(dialog.get_by_text("From the page's title").first).to_be_visible()
    expect(dialog.get_by_label("Workplace")).to_have_value("remote")


def test_a_site_that_refuses_says_so_and_takes_the_text(
    alice_at: Page, seeker: Person, site: PostingSite
) -> None:
    site.answers["/jobs/1"] = (999, {}, b"")
    dialog = adding(alice_at)
    field = dialog.get_by_label("Paste a posting")
    paste(field, f"{site.origin}/jobs/1")
    expect(dialog.get_by_text("Reading the posting")).to_be_visible()
    run_jobs(seeker.user)
    expect(dialog.get_by_text("doesn't let programs read this page")).to_be_visible()
    field.fill(POSTING)
    dialog.get_by_role("button", name="Fill in").click()
    expect(dialog.get_by_label("Company")).to_have_value("Halcyon")


def test_a_shared_page_opens_the_dialog_filled_and_only_once(alice_at: Page, seeker: Person) -> None:
    share = {"add": "https://example.com/jobs/1", "title": "Cartographer at Halcyon", "text": ""}
    alice_at.goto(f"/applications?{urlencode(share)}")
    dialog = alice_at.get_by_role("dialog", name="Add application")
    expect(dialog.get_by_label("Company")).to_have_value("Halcyon")
    expect(dialog.get_by_label("Job posting URL")).to_have_value("https://example.com/jobs/1")
    assert alice_at.url.endswith("/applications")
    alice_at.keyboard.press("Escape")
    alice_at.reload()
    expect(alice_at.get_by_role("heading", name="Applications")).to_be_visible()
    expect(dialog).to_be_hidden()


def test_the_bookmarklet_opens_pursuit_with_the_page_that_one_is_on(
    alice_at: Page, seeker: Person, base_url: str, site: PostingSite
) -> None:
    alice_at.goto("/settings")
    link = alice_at.get_by_role("link", name="Add to Pursuit")
    expect(link).to_have_attribute("href", re.compile("^javascript:"))
    source = link.get_attribute("href") or ""
    elsewhere = alice_at.context.new_page()
    elsewhere.goto("data:text/html,<title>Cartographer at Halcyon</title>")
    with elsewhere.expect_popup() as opened:
        elsewhere.evaluate(source.removeprefix("javascript:"))
    dialog = opened.value.get_by_role("dialog", name="Add application")
    expect(dialog.get_by_text("Use a web address")).to_be_visible()
    assert opened.value.url == f"{base_url}/applications"


def test_a_phone_can_install_pursuit_and_share_to_it(alice_at: Page) -> None:
    alice_at.goto("/applications")
    address = alice_at.locator("link[rel=manifest]").get_attribute("href") or ""
    answer = alice_at.request.get(address)
    assert answer.headers["content-type"].partition(";")[0] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["share_target"]["action"] == "/applications"
    for icon in manifest["icons"]:
        assert alice_at.request.get(icon["src"]).headers["content-type"] == "image/png"
    share = {"title": "Cartographer at Halcyon", "text": "Look: https://example.com/jobs/1"}
    alice_at.goto(f"/applications?{urlencode(share)}")
    dialog = alice_at.get_by_role("dialog", name="Add application")
    expect(dialog.get_by_label("Job posting URL")).to_have_value("https://example.com/jobs/1")
