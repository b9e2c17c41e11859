"""Served copies of Pursuit and a real browser, shared by the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Served, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@pytest.fixture(scope="session")
def local(servers_folder: Path, database_url: str, redis_url: str) -> Iterator[Served]:
    """Pursuit without a provider, on loopback, with its pages."""
    with serve(servers_folder, pages=True) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser nobody has used; whatever goes wrong in its console fails the test."""
    context = browser.new_context()
    fresh, troubles = context.new_page(), []
    fresh.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    fresh.on("pageerror", lambda error: troubles.append(str(error)))
    yield fresh
    context.close()
    assert troubles == []
