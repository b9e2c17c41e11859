"""One tab too many of a session says so, and works after another is closed."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.support.people import Person
from tests.support.server import serve
from tracker.services import sessions


def test_the_tab_that_is_one_too_many_says_so_until_another_is_closed(
    browser: Browser, servers_folder: Path, alice: Person
) -> None:
    with (
        serve(servers_folder, pages=True, SOCKETS_PER_SESSION="1") as served,
        browser.new_context() as context,
    ):
        token = sessions.open_session(alice.user.user_id, "a test")
        context.add_cookies([{"name": f"pursuit-{served.port}", "value": token, "url": served.origin}])
        first, second = context.new_page(), context.new_page()
        first.goto(f"{served.origin}/contacts")
        expect(first.get_by_text("Alice", exact=True)).to_be_visible()
        second.goto(f"{served.origin}/contacts")
        expect(second.get_by_text("Too many tabs of Pursuit are open in this browser.")).to_be_visible()
        first.close()
        expect(second.get_by_text("Alice", exact=True)).to_be_visible(timeout=15_000)
        expect(second.get_by_text("Too many tabs of Pursuit")).to_be_hidden()
