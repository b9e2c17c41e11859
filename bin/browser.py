"""Find a Chromium for the browser tests, or install one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)


class NoBrowser(Exception):
    """No Chromium was found and none could be installed."""


def find() -> str:
    """Return the path of a Chromium that starts, or ""; raises NoBrowser for a wrong setting."""
    chosen = os.environ.get("PURSUIT_CHROMIUM")
    if chosen:
        if not _starts(chosen):
            raise NoBrowser(f"PURSUIT_CHROMIUM is {chosen}, which doesn't start.")
        return chosen
    candidates = [*filter(None, map(shutil.which, NAMES)), *APPLICATIONS]
    return next(filter(_starts, candidates), "") or _playwright_chromium()


def ensure() -> str:
    """Return the path of a Chromium, installing one if needed; raises NoBrowser."""
    if path := find():
        return path
    print("No Chromium found: installing one ...", flush=True)
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [
            ["apt-get", "update"],
            ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
        ]
    for command in attempts:
        subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if path := find():
            return path
    raise NoBrowser(
        "THE BROWSER JOURNEYS WERE NOT RUN: no Chromium was found and none could be installed.\n"
        "Install Chromium or Google Chrome, or set PURSUIT_CHROMIUM to the path of one."
    )


def _playwright_chromium() -> str:
    result = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = result.stdout.strip()
    return path if path and _starts(path) else ""


def _starts(path: str) -> bool:
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
