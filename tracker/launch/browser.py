"""The user's browser: opens the sign-in address when Pursuit starts on a desktop."""

import os
import subprocess
import sys
from html import escape
from pathlib import Path

from tracker.launch import environments

PAGE = "open.html"
OPEN = "import sys, webbrowser; webbrowser.open(sys.argv[1])"


def open_in_browser(folder: Path, address: str) -> None:
    """Open an address when running in a terminal of a desktop; do nothing elsewhere.

    The browser opens a file that redirects: other accounts can read a command's arguments, and so the one-time
    token, but not the file.
    """
    if not is_wanted():
        return
    page = folder / "run" / PAGE
    page.unlink(missing_ok=True)
    page.touch(mode=0o600)
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}">')
    # In a process of its own, since webbrowser passes the whole environment on to the browser.
    command = [sys.executable, "-I", "-c", OPEN, page.as_uri()]
    subprocess.run(command, env=environments.of_browser(), check=False)


def is_wanted() -> bool:
    """Return True in an interactive terminal with a screen; text browsers would take over the terminal."""
    has_screen = sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and has_screen and not any(map(os.environ.get, ("SSH_CONNECTION", "CI")))
