"""What a person waits for in a real browser, over the production build: rows after a key, and a cold list page.

Each stands beside a floor: a tick on a row, which the server answers without a look at the list, and the cold list page of
someone who has no application yet.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import util

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.servers import Served
from tracker.settings import CHECKOUT

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
KEYS = "jkvxz"
"""Letters that few words begin with: with a frequent one the latest fifty are found again, and nothing is seen to change."""
KEY, TICK = (
    "a key in the search field, until its rows are shown",
    "floor: a tick on a row, until the server answered",
)
COLD, EMPTY = "a cold list page, until its rows are shown", "floor: a cold list page that has no rows"
FIRST, LARGEST = "a cold list page, first contentful paint", "a cold list page, largest contentful paint"
SETTLES = 0.4
"""Seconds without anything to do between two measurements."""
SECONDS = 30_000

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
"""The paints as they stand a moment after the rows have been shown."""

Taken = dict[str, list[float]]


def waited(served: Served, cookie: str, empty: str, rounds: int) -> Taken:
    """Seconds of each wait, of the person of the first cookie; the second one's person has nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        with _opened(browser, served, cookie) as page:
            taken = _pressed(page, rounds)
        for _ in range(max(rounds // 2, 3)):
            taken.setdefault(EMPTY, []).append(_cold(browser, served, empty, ".empty")[0])
            opened = _cold(browser, served, cookie, ".table tbody tr")
            for name, seconds in zip((COLD, FIRST, LARGEST), opened, strict=True):
                taken.setdefault(name, []).append(seconds)
        browser.close()
    return taken


def _pressed(page: Page, rounds: int) -> Taken:
    """A key and a tick in turn; the field is emptied and the tick taken away in between."""
    field, box = page.get_by_label("Search applications"), page.locator(".table tbody input").first
    taken: Taken = {KEY: [], TICK: []}
    for number in range(rounds + 2):
        ticked = _watched(page, "click", "bar", box.click)
        box.click()
        page.locator(".bulk").wait_for(state="detached")
        field.focus()
        time.sleep(SETTLES)
        pressed = _watched(page, "keydown", "rows", partial(page.keyboard.press, KEYS[number % len(KEYS)]))
        _watched(page, "keydown", "rows", partial(page.keyboard.press, "Backspace"))
        time.sleep(SETTLES)
        if number >= 2:
            taken[KEY].append(pressed)
            taken[TICK].append(ticked)
    return taken


def _watched(page: Page, event: str, seen: str, act: Callable[[], None]) -> float:
    """Seconds from the event in the page until the change is on the screen."""
    page.evaluate(_WATCH, [event, seen])
    act()
    return float(page.evaluate("() => window.took")) / 1000


def _cold(browser: Browser, served: Served, cookie: str, until: str) -> list[float]:
    """Seconds until something is shown, the first and the largest contentful paint, in a browser without a cache."""
    with _context(browser, served, cookie) as context:
        context.add_init_script(_COLD % until)
        page = context.new_page()
        page.goto(f"{served.origin}/applications", wait_until="commit")
        page.locator(until).first.wait_for(timeout=SECONDS)
        return [float(moment) / 1000 for moment in page.evaluate(_PAINTED)]


@contextmanager
def _opened(browser: Browser, served: Served, cookie: str) -> Iterator[Page]:
    with _context(browser, served, cookie) as context:
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        page.goto(f"{served.origin}/applications")
        page.locator(".table tbody tr").first.wait_for()
        yield page


@contextmanager
def _context(browser: Browser, served: Served, cookie: str) -> Iterator[BrowserContext]:
    name, _, token = cookie.partition("=")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": name, "value": token, "url": served.origin}])
    try:
        yield context
    finally:
        context.close()


def _chromium() -> str:
    """The browser that the journeys use."""
    spec = util.spec_from_file_location("browser", CHECKOUT / "bin" / "browser.py")
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(finder := util.module_from_spec(spec))
    return str(finder.installed())
