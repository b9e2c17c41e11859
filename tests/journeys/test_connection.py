"""Server or backing server unavailable while a user types, and available again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis
from playwright.sync_api import Browser, Page, expect

from tests.support.application_form import open_follow_up
from tests.support.live_pages import add_application, wait_for_storage
from tests.support.people import Person
from tests.support.server import WebServer, serve
from tracker import cache
from tracker.db import scoped
from tracker.launch import embedded
from tracker.services import sessions
from tracker.services.applications import field_edits
from tracker.settings import settings

STORE = "The session store isn't answering. Your changes will be saved when it recovers."


@pytest.fixture
def valkey(monkeypatch: pytest.MonkeyPatch) -> Iterator[embedded.Server]:
    """Yield a Valkey of this test."""
    with embedded.scratch_folder() as folder, embedded.start_valkey(folder) as server:
        monkeypatch.setenv("REDIS_URL", server.url)
        clear_settings()
        yield server
    monkeypatch.undo()
    clear_settings()


def clear_settings() -> None:
    """Clear the cached settings of this process."""
    settings.cache_clear()
    cache.valkey.cache_clear()


@contextmanager
def frozen(server: embedded.Server) -> Iterator[None]:
    """Freeze the server meanwhile."""
    process = psutil.Process(server.child.process.pid)
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def opened(browser: Browser, served: WebServer, user: Any, path: str) -> Page:
    """Open a signed-in page whose console may report an unavailable server."""
    token = sessions.open_session(user.user_id, "Journey")
    context = browser.new_context(base_url=served.origin)
    context.add_cookies([{"name": f"pursuit-{served.port}", "value": token, "url": served.origin}])
    page = context.new_page()
    page.goto(path)
    return page


def test_a_lost_connection_says_so_heals_and_loses_nothing_typed(
    browser: Browser, servers_folder: Path, alice: Person
) -> None:
    with serve(servers_folder, pages=True) as first:
        page = opened(browser, first, alice.user, "/applications")
        page.get_by_role("button", name="Add application").first.click()
        dialog = page.get_by_role("dialog", name="Add application")
        dialog.get_by_label("Company").fill("Halcyon Maps")
        dialog.get_by_label("Role", exact=True).fill("Cartographer")
    expect(page.get_by_text("Connection lost")).to_be_visible(timeout=30_000)
    with serve(servers_folder, pages=True, PURSUIT_PORT=str(first.port)):
        expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
        expect(dialog.get_by_label("Role", exact=True)).to_have_value("Cartographer")
        dialog.get_by_role("button", name="Add application").click()
        # The field that was left asked for likenesses: a server that ends in the middle of that leaves the tab's state locked
        # for ten seconds, for which the next event waits.
        expect(page.get_by_role("link", name="Cartographer")).to_be_visible(timeout=30_000)
        page.context.close()


def all_written(url: str) -> None:
    """Wait until Redis stores every tab state, which the next click needs."""
    with redis.Redis.from_url(url) as store:
        wait_for_storage(store)


def test_a_text_edited_in_place_stays_through_a_lost_connection_and_whatever_loads_the_page_again(
    browser: Browser, servers_folder: Path, alice: Person
) -> None:
    row_id = add_application(alice.user, "Halcyon Maps", notes="Seen at the fair")
    with serve(servers_folder, pages=True) as first:
        page = opened(browser, first, alice.user, f"/applications/{row_id}?tab=notes")
        page.get_by_role("button", name="Edit notes").click()
        notes = page.get_by_role("textbox", name="Notes")
        notes.fill("Ask for Ida")
        open_follow_up(page).click()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone", exact=True)).to_be_visible()
        expect(notes).to_have_value("Ask for Ida")
    expect(page.get_by_text("Connection lost")).to_be_visible(timeout=30_000)
    with serve(servers_folder, pages=True, PURSUIT_PORT=str(first.port)):
        expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
        expect(notes).to_have_value("Ask for Ida")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Notes saved")).to_be_visible()
        page.get_by_role("button", name="Edit notes").click()
        expect(notes).to_have_value("Ask for Ida")
        page.get_by_role("link", name="Applications", exact=True).first.click()
        expect(page.get_by_label("Select Engineer at Halcyon Maps")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("button", name="Edit notes")).to_be_visible()
        page.context.close()


def test_a_text_edited_in_place_stays_when_the_web_process_is_killed(
    browser: Browser, servers_folder: Path, alice: Person, redis_url: str
) -> None:
    row_id = add_application(alice.user, "Halcyon Maps", notes="Seen at the fair")
    with serve(servers_folder, pages=True) as first:
        page = opened(browser, first, alice.user, f"/applications/{row_id}?tab=notes")
        page.get_by_role("button", name="Edit notes").click()
        notes = page.get_by_role("textbox", name="Notes")
        notes.fill("Ask for Ida")
        all_written(redis_url)
        first.kill()
    expect(page.get_by_text("Connection lost")).to_be_visible(timeout=30_000)
    with serve(servers_folder, pages=True, PURSUIT_PORT=str(first.port)):
        expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
        with scoped(alice.user) as scope:
            field_edits.edit(scope, row_id, "location", "Lisbon", "")
        expect(page.get_by_role("button", name="Edit Location: Lisbon")).to_be_visible()
        expect(notes).to_have_value("Ask for Ida")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Notes saved")).to_be_visible()
        page.context.close()


def test_submissions_while_valkey_is_frozen_take_effect_once_afterwards(
    browser: Browser, servers_folder: Path, alice: Person, valkey: embedded.Server
) -> None:
    person, row_id = alice, add_application(alice.user, "Glacier", applied_on="2026-11-02")
    with serve(servers_folder, pages=True) as served:
        page = opened(browser, served, alice.user, f"/applications/{row_id}")
        adding = opened(browser, served, alice.user, "/applications")
        adding.get_by_role("button", name="Add application").first.click()
        dialog = adding.get_by_role("dialog", name="Add application")
        dialog.get_by_label("Company").fill("Halcyon Maps")
        dialog.get_by_label("Role", exact=True).fill("Cartographer")
        log_follow_up = open_follow_up(page)
        all_written(valkey.url)
        with frozen(valkey):
            log_follow_up.click()
            for _ in range(3):
                dialog.get_by_label("Role", exact=True).press("Enter")
            late = adding.context.new_page()
            late.goto("/applications")
            for tab in (page, adding, late):
                expect(tab.get_by_text(STORE)).to_be_visible()
        for tab in (adding, late):
            expect(tab.get_by_role("link", name="Cartographer")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=30_000)
        for tab in (page, adding, late):
            expect(tab.get_by_text(STORE)).to_be_hidden(timeout=30_000)
        assert sorted(person.log()) == ["application.added"] * 2 + ["follow_up.logged"]
        for tab in (page, adding):
            tab.context.close()
