"""A real browser for tests: found where the environment says, strict about what goes wrong in its console."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

DISABLED = (
    # An address bar that nobody types in: each new window renders its popups, at half a second of processor time.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    # What Playwright disables, whose own list a second one replaces.
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(DISABLED)}",
]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def chromium() -> str:
    """Where the browser is: what bin/test found, else Debian's."""
    return os.environ.get("PURSUIT_CHROMIUM", "/usr/bin/chromium")


@contextmanager
def visit(browser: Browser, *cookies: Any, **options: Any) -> Iterator[Page]:
    """A page of a browser nobody has used; whatever goes wrong in its console fails the test."""
    context: BrowserContext = browser.new_context(timezone_id="Europe/Berlin", **options)
    context.add_cookies(list(cookies))
    page, troubles = context.new_page(), list[str]()
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert not troubles, troubles
