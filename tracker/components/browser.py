"""Scripts of `assets/browser/`: files for every page's head, and modules of the built interface."""

import hashlib

import reflex as rx

from tracker.settings import CHECKOUT

FOLDER = CHECKOUT / "assets" / "browser"
ORDER = (
    "narrow",
    "half_typed",
    "notices",
    "once",
    "pressing",
    "dialogs",
    "kept_focus",
    "keys",
    "dragging",
    "cut_off",
    "drafts",
)
"""Listeners of one event run in this order: a form that isn't submitted reaches none of the later ones."""


def browser_scripts() -> list[rx.Component]:
    """Return a script element per file; its address changes with its content, so it is cached forever."""
    return [rx.el.script(src=f"/browser/{name}.js?v={_version(name)}") for name in ORDER]


def module(name: str) -> str:
    """Return the import path of a React module in `assets/browser/components/`."""
    return f"$/public/browser/components/{name}.js"


def _version(name: str) -> str:
    return hashlib.sha256((FOLDER / f"{name}.js").read_bytes()).hexdigest()[:12]
