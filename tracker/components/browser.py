"""Files that every page loads: the style sheet, one script, and the modules of React components.

The build makes the first two: see `PageFiles`.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import reflex as rx

from tracker.settings import CHECKOUT
from tracker.theme.sheet import style_sheet

FOLDER = CHECKOUT / "assets" / "browser"
ORDER = (
    "folded_sidebar",
    "incomplete_fields",
    "notices",
    "idempotency",
    "toggles",
    "dialogs",
    "shared_posting",
    "focus",
    "select_menus",
    "ranges",
    "keys",
    "dragging",
    "offline",
    "drafts",
)
"""Listeners of one event run in this order: a form that isn't submitted reaches none of the later ones."""
SCRIPT, SHEET = "browser/page.js", "pursuit.css"


class PageFiles(rx.plugins.Plugin):
    """Build step that adds the theme to the bundled style sheet, and the scripts of the head as one file."""

    def get_stylesheet_paths(self, **context: Any) -> Sequence[str]:
        """Return the theme's path; the bundled sheet has a hash in its name, so browsers keep it for good."""
        return [f"./{SHEET}"]

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Return the path and content of each file."""
        return [(Path("styles", SHEET), style_sheet()), (Path("public", SCRIPT), head_script())]


def head_script() -> str:
    """Return the scripts of the head, one after another."""
    return "".join((FOLDER / f"{name}.js").read_text() for name in ORDER)


def head() -> list[rx.Component]:
    """Return the elements that load the script, under an address that changes with its content.

    Browsers keep it for good. The page shows nothing before this script has run, so it is fetched ahead of the modules
    that the framework preloads.
    """
    address = f"/{SCRIPT}?v={hashlib.sha256(head_script().encode()).hexdigest()[:12]}"
    preload = rx.el.link(rel="preload", href=address, custom_attrs={"as": "script"})
    return [preload, rx.el.script(src=address)]


def module(name: str) -> str:
    """Return the import path of a module in `assets/browser/components/`, for a component's `library`."""
    return f"$/public/browser/components/{name}.js"
