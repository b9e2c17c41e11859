"""Chromium for tests, and pages that fail on console errors."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

DISABLED = (
    # Popups of the address bar, which cost half a second of processor time per window.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    # Playwright's own list, which this one replaces.
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
    """Return the path of the browser: the one of bin/test, else Debian's."""
    return os.environ.get("PURSUIT_CHROMIUM", "/usr/bin/chromium")


@contextmanager
def visit(browser: Browser, *cookies: Any, **options: Any) -> Iterator[Page]:
    """Open a page in a fresh browser context; errors in its console fail the test."""
    context: BrowserContext = browser.new_context(timezone_id="Europe/Berlin", **options)
    context.add_cookies(list(cookies))
    page, errors = context.new_page(), list[str]()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert not errors, errors
