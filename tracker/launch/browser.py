"""Opening the printed address in the person's browser, where there is a screen and a person."""

import os
import sys
import webbrowser
from html import escape
from pathlib import Path

PAGE = "open.html"


def open_in_browser(folder: Path, address: str) -> None:
    """Open an address from an interactive terminal of a desktop; do nothing elsewhere.

    The browser is given a file that leads on: other accounts can read a command's arguments, where the one-time
    token would be seen, but not the file.
    """
    if not is_wanted():
        return
    page = folder / "run" / PAGE
    page.unlink(missing_ok=True)
    page.touch(mode=0o600)
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(address)}">')
    webbrowser.open(page.as_uri())


def is_wanted() -> bool:
    """Whether a person sits at this terminal and has a screen; a browser of text would take the terminal away."""
    has_screen = sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return sys.stdout.isatty() and has_screen and not any(map(os.environ.get, ("SSH_CONNECTION", "CI")))
