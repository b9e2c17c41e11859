"""First document of a page, and the files that browsers cache with it."""

import re

from playwright.sync_api import Page, expect

from tests.support.people import Person

LARGEST = """() => new Promise((done) => new PerformanceObserver(
  (entries) => done(entries.getEntries().at(-1).element?.tagName)
).observe({ type: 'largest-contentful-paint', buffered: true }))"""


def test_the_document_holds_neither_the_style_sheet_nor_closed_dialogs(alice_at: Page) -> None:
    text = document(alice_at)
    assert "<h1" in text
    assert "<dialog" not in re.sub(r'<dialog[^>]* id="closing"', "", text), "of the page itself"
    assert "--accent-9:" not in text
    assert len(text) < 40_000


def test_the_style_sheet_and_the_script_are_kept_for_good(alice_at: Page) -> None:
    text = document(alice_at)
    for pattern in (r"/assets/[\w.-]+\.css", r"/browser/page\.js\?v=[0-9a-f]{12}"):
        match = re.search(pattern, text)
        assert match
        answer = alice_at.request.get(match.group())
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_script_is_asked_for_again_under_an_address_without_its_hash(alice_at: Page) -> None:
    assert alice_at.request.get("/browser/page.js").headers["cache-control"] == "no-cache"


def test_the_largest_paint_of_a_list_is_its_heading(alice_at: Page, alice: Person) -> None:
    alice.add_application("Tern", "Principal Support Engineer")
    alice_at.goto("/applications")
    expect(alice_at.get_by_role("link", name="Principal Support Engineer")).to_be_visible()
    assert alice_at.evaluate(LARGEST) == "H1"


def document(page: Page) -> str:
    """Return the list's document as served."""
    return page.request.get("/applications").text()
