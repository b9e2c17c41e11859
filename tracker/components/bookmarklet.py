"""The bookmarklet that adds an application from the page one is on."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var

from tracker.components.browser import module


class Bookmarklet(rx.Component):
    """Link to drag to the bookmarks bar, and a button that copies its address."""

    library = module("bookmarklet")
    tag = "Bookmarklet"
    label: Var[str] = field(doc="Name of the bookmark.")
    copy_label: Var[str] = field(doc="Label of the button.")


def capture_from_browser() -> rx.Component:
    """The section of Settings on adding postings from a browser or a phone."""
    return rx.el.section(
        rx.el.h2("Add from your browser"),
        rx.el.p(
            "Drag this link to your bookmarks bar. On a posting's page, select its text if you like, then click the bookmark: "
            "Pursuit opens with the form filled. Nothing is sent anywhere else.",
            class_name="small",
        ),
        Bookmarklet.create(label="Add to Pursuit", copy_label="Copy its address"),
        rx.el.p(
            "On a phone, install Pursuit from the browser's menu. It then appears where you share a page.",
            class_name="small",
        ),
        class_name="stack",
    )
