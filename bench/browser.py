"""Timings in a real browser over the production build: rows after a key, and a cold list page.

Each has a baseline: ticking a row, which the server answers without reading the list, and the cold list page of a user
without applications.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import util

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.servers import WebServer
from tracker.settings import CHECKOUT

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
KEYS = "jkvxz"
"""Letters that few words begin with: a frequent one would match the same fifty rows, so that no change would show."""
KEY, TICK = (
    "from a key in the search field to its rows",
    "floor: from ticking a row to the server's answer",
)
COLD, EMPTY = "a cold list page with rows", "floor: a cold list page without rows"
FIRST, LARGEST = "a cold list page, first contentful paint", "a cold list page, largest contentful paint"
PAUSE = 0.4
"""Seconds between two measurements."""
TIMEOUT_MS = 30_000

_WATCH = """([event, seen]) => { window.took = new Promise((done, fail) => {
  const shown = () => document.querySelector('.table tbody')?.textContent ?? '';
  const before = shown(), bar = () => document.querySelector('.bulk') !== null, had = bar();
  const changed = () => seen === 'rows' ? shown() !== before : bar() !== had;
  let begun = 0;
  document.addEventListener(event, () => { begun = performance.now(); }, {once: true, capture: true});
  const look = () => begun && changed() ? done(performance.now() - begun) : requestAnimationFrame(look);
  look();
  setTimeout(() => fail(new Error('nothing changed after a ' + event)), 10000);
}) }"""
_COLD = """const look = () => {
  if (document.querySelector('%s')) window.shown = performance.now(); else requestAnimationFrame(look);
}; look();
const note = (entries) => entries.getEntries().forEach((entry) => { window[entry.name || entry.entryType] = entry.startTime; });
['paint', 'largest-contentful-paint'].forEach((type) => new PerformanceObserver(note).observe({ type, buffered: true }));"""
_PAINTED = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
  [window.shown, window['first-contentful-paint'], window['largest-contentful-paint']]), 200)))"""
"""The paint times, read 200 ms after the rows are shown."""

Waits = dict[str, list[float]]


def measure(server: WebServer, cookie: str, empty: str, rounds: int) -> Waits:
    """Return the seconds of each wait of the cookie's user; `empty` is the cookie of a user without rows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        with _list_page(browser, server, cookie) as page:
            waits = _time_keys(page, rounds)
        for _ in range(max(rounds // 2, 3)):
            waits.setdefault(EMPTY, []).append(_time_cold_page(browser, server, empty, ".empty")[0])
            paints = _time_cold_page(browser, server, cookie, ".table tbody tr")
            for name, seconds in zip((COLD, FIRST, LARGEST), paints, strict=True):
                waits.setdefault(name, []).append(seconds)
        browser.close()
    return waits


def _time_keys(page: Page, rounds: int) -> Waits:
    """Time a key and a tick in turn, clearing the field and the tick in between."""
    field, box = page.get_by_label("Search applications"), page.locator(".table tbody input").first
    waits: Waits = {KEY: [], TICK: []}
    for number in range(rounds + 2):
        tick_seconds = _seconds_to_change(page, "click", "bar", box.click)
        box.click()
        page.locator(".bulk").wait_for(state="detached")
        field.focus()
        time.sleep(PAUSE)
        key_seconds = _seconds_to_change(
            page, "keydown", "rows", partial(page.keyboard.press, KEYS[number % len(KEYS)])
        )
        _seconds_to_change(page, "keydown", "rows", partial(page.keyboard.press, "Backspace"))
        time.sleep(PAUSE)
        if number >= 2:
            waits[KEY].append(key_seconds)
            waits[TICK].append(tick_seconds)
    return waits


def _seconds_to_change(page: Page, event: str, seen: str, act: Callable[[], None]) -> float:
    """Return the seconds from the event in the page until the change is on the screen."""
    page.evaluate(_WATCH, [event, seen])
    act()
    return float(page.evaluate("() => window.took")) / 1000


def _time_cold_page(browser: Browser, server: WebServer, cookie: str, until: str) -> list[float]:
    """Return the seconds to an element, the first and the largest contentful paint, without a cache."""
    with _context(browser, server, cookie) as context:
        context.add_init_script(_COLD % until)
        page = context.new_page()
        page.goto(f"{server.origin}/applications", wait_until="commit")
        page.locator(until).first.wait_for(timeout=TIMEOUT_MS)
        return [float(moment) / 1000 for moment in page.evaluate(_PAINTED)]


@contextmanager
def _list_page(browser: Browser, server: WebServer, cookie: str) -> Iterator[Page]:
    with _context(browser, server, cookie) as context:
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.goto(f"{server.origin}/applications")
        page.locator(".table tbody tr").first.wait_for()
        yield page


@contextmanager
def _context(browser: Browser, server: WebServer, cookie: str) -> Iterator[BrowserContext]:
    name, _, token = cookie.partition("=")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": name, "value": token, "url": server.origin}])
    try:
        yield context
    finally:
        context.close()


def _chromium() -> str:
    """Return the path of the browser that the journeys use."""
    spec = util.spec_from_file_location("browser", CHECKOUT / "bin" / "browser.py")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(finder := util.module_from_spec(spec))
    return str(finder.find())
