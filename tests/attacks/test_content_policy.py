"""Content security policy of real pages in a browser: strict, and not violated by our own pages."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.server import WebServer

PAGES = ["Today", "Applications", "Interviews", "Contacts", "Profile", "Analytics", "Settings"]
WATCH = "addEventListener('securitypolicyviolation', (e) => report(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))"


@pytest.fixture
def watched(browser: Browser, target: WebServer) -> Any:
    """Yield a signed-in page and the violations of its policy."""
    context, violations = browser.new_context(base_url=target.origin), list[str]()
    context.expose_function("report", lambda words: violations.append(str(words)))
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(target.sign_in_address)
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    yield page, violations
    context.close()


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/applications",
        "/settings",
        "/sign-in",
        "/compare",
        "/nowhere/at/all",
        "/contacts/none",
        "/api/x",
        "/x" * 200,
    ],
)
def test_only_inline_code_of_the_build_is_allowed(browser: Browser, target: WebServer, path: str) -> None:
    with target.client() as client:
        client.get(target.sign_in_address)
        policy = directives(
            client.get(path, headers={"Accept": "text/html"}).headers["content-security-policy"]
        )
    everything = [source for sources in policy.values() for source in sources]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:"} & {
        source for name, sources in policy.items() for source in sources if name != "img-src"
    }
    assert not any(source.startswith("'nonce-") for source in everything)
    for name in ("style-src-attr", "script-src-attr", "object-src", "frame-src", "frame-ancestors"):
        assert policy[name] == ["'none'"]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'self'"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_violates_the_policy_when_opened(watched: tuple[Page, list[str]], name: str) -> None:
    page, violations = watched
    page.goto("/" if name == "Today" else f"/{name.lower()}")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations == []


def test_no_page_violates_the_policy_when_navigated_to(watched: tuple[Page, list[str]]) -> None:
    page, violations = watched
    # Before the page is interactive, a link loads a whole document, and nobody listens to keys yet.
    expect(page.locator("[data-owner]:not([data-owner=''])")).to_have_count(1)
    for name in [*PAGES, *reversed(PAGES)]:
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").first).to_be_visible()
    assert violations == []


def test_injected_content_is_blocked(watched: tuple[Page, list[str]]) -> None:
    page, violations = watched
    page.evaluate("""() => {
      const add = (html) => document.body.insertAdjacentHTML('beforeend', html);
      add('<p id=styled style="position:fixed">x</p>');
      add('<style>p#styled{color:red}</style>');
      add('<img src=x onerror="window.stolen=1">');
      const script = document.createElement('script'); script.textContent = 'window.stolen=1'; document.body.append(script);
    }""")
    page.wait_for_function("true")
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).position") == "static"
    assert page.evaluate("window.stolen") is None
    blocked = {violation.split()[0] for violation in violations}
    assert {"style-src-attr", "style-src-elem", "script-src-elem"} <= blocked
