"""The frame of every signed-in page: navigation, heading and notices."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import connection_error, has_connection_errors

from tracker.components.add_application import add_dialog
from tracker.components.badge import badge, reminders
from tracker.components.browser_zone import BrowserZone
from tracker.components.contact_parts import contact_dialog
from tracker.components.dialogs import Deferred, opens
from tracker.components.invalid_field import InvalidFieldFocus
from tracker.components.navigation import HeadingFocus
from tracker.components.optimistic_controls import AnswerEvents, busy
from tracker.components.palette import palette, shortcuts
from tracker.components.scheduling import schedule_dialog
from tracker.components.sign_out import sign_out_form
from tracker.shapes.palette import PLACES
from tracker.state.badge import Badge
from tracker.state.base import Me, Notices
from tracker.state.settings import ZoneDetection

TODAY = "/"


def shell(
    *content: Any,
    here: str,
    topbar: Any = None,
    commands: Sequence[rx.Component] = (),
    contact_for: Any = "",
) -> rx.Component:
    """A page in its frame; `here` is its item in the sidebar.

    The palette offers the page's own `commands`; a contact added on it belongs to the application `contact_for`.
    """
    return rx.el.div(
        rx.el.a("Skip to the content", href="#content", class_name="skip", reload_document=True),
        sidebar(here),
        rx.el.main(
            topbar or rx.fragment(), reminders(), *content, id="content", class_name="content", tab_index=-1
        ),
        bottom_bar(here),
        add_key(),
        offline(),
        notices(),
        AnswerEvents.create(
            notice=rx.cond(Notices.notice, Notices.notice.id, ""),
            is_refusal=rx.cond(Notices.notice, Notices.notice.is_trouble, False),
            answer=Notices.answer,
        ),
        InvalidFieldFocus.create(refusal=Notices.wrong),
        Deferred.create(
            add_dialog(),
            schedule_dialog(),
            contact_dialog(contact_for),
            palette(PLACES, commands),
            shortcuts(),
        ),
        HeadingFocus.create(),
        rx.cond(Me.knows_zone, rx.fragment(), BrowserZone.create(on_zone=ZoneDetection.learn)),
        class_name="shell",
        custom_attrs={"data-owner": Me.owner},
        on_mount=Badge.load,
    )


def topbar(title: Any, *actions: Any) -> rx.Component:
    """The bar above a page: heading and actions."""
    return rx.el.header(rx.el.h1(title, tab_index=-1), *actions, class_name="topbar")


def sidebar(here: str) -> rx.Component:
    """Navigation, command palette and the signed-in user."""
    return rx.el.nav(
        rx.el.a(
            rx.icon("compass", size=18),
            rx.el.span("Pursuit", class_name="name"),
            href="/",
            class_name="brand",
        ),
        rx.el.button(
            rx.icon("search", size=16),
            rx.el.span("Search", class_name="name"),
            rx.el.kbd("Ctrl K", class_name="name"),
            class_name="place",
            custom_attrs={**opens("palette"), "data-key": "mod+k"},
        ),
        *[place(name, address, icon, here) for name, address, icon in PLACES],
        rx.el.div(
            rx.el.span(Me.name, class_name="name small quiet clip", title=Me.name),
            rx.el.button(
                rx.icon("sun-moon", size=16),
                class_name="plain-button icon-button push",
                aria_label="Switch between light and dark",
                on_click=rx.toggle_color_mode,
            ),
            rx.el.button(
                rx.icon("panel-left", size=16),
                class_name="plain-button icon-button",
                aria_label="Collapse or expand the sidebar",
                custom_attrs={"data-toggles": "narrow"},
            ),
            class_name="foot",
        ),
        class_name="sidebar",
        aria_label="Main navigation",
    )


def place(name: str, address: str, icon: str, here: str) -> rx.Component:
    """One item of the navigation."""
    current = {"aria-current": "page"} if name == here else {}
    return rx.el.a(
        rx.icon(icon, size=16),
        rx.el.span(name, class_name="name"),
        badge() if address == TODAY else rx.fragment(),
        href=address,
        class_name="place",
        custom_attrs=current,
        title=name,
    )


def add_button() -> rx.Component:
    """The page's primary button."""
    return rx.el.button(
        rx.icon("plus", size=16),
        "Add application",
        class_name="primary push add",
        custom_attrs={**opens("adding"), "data-key": "n"},
    )


def add_key() -> rx.Component:
    """The key of adding on a page that has no button for it; a page's own `n` comes before."""
    return rx.el.button(
        "Add application", class_name="hidden", tab_index=-1, custom_attrs={**opens("adding"), "data-key": "n"},
        aria_hidden="true",
    )  # fmt: skip


def bottom_bar(here: str) -> rx.Component:
    """The navigation of a phone."""
    return rx.el.nav(
        *[place(name, address, icon, here) for name, address, icon in PLACES[:2]],
        rx.el.button(
            rx.icon("plus", size=20), "Add", custom_attrs=opens("adding"), aria_label="Add application"
        ),
        place(*PLACES[2], here),
        rx.el.button(
            rx.icon("ellipsis", size=16),
            "More",
            custom_attrs={"popoverTarget": "more", "aria-haspopup": "menu"},
        ),
        more_menu(here),
        class_name="bottombar",
        aria_label="Phone navigation",
    )


def more_menu(here: str) -> rx.Component:
    """The menu of a phone: the other pages, the search, the theme, and signing out."""
    return rx.el.div(
        *[place(name, address, icon, here) for name, address, icon in PLACES[3:]],
        rx.el.hr(),
        rx.el.button(
            rx.icon("search", size=16),
            "Search or run a command",
            class_name="place",
            custom_attrs=opens("palette"),
        ),
        rx.el.button(
            rx.icon("sun-moon", size=16),
            "Switch between light and dark",
            class_name="place",
            on_click=rx.toggle_color_mode,
        ),
        sign_out_form(
            rx.el.button(rx.icon("log-out", size=16), "Sign out", type="submit", class_name="place")
        ),
        id="more",
        class_name="more-menu",
        custom_attrs={"popover": "auto"},
    )


def offline() -> rx.Component:
    """A message shown while there is no connection."""
    return rx.el.div(
        rx.el.div(
            rx.icon("wifi-off", size=14),
            rx.match(
                connection_error,
                (
                    "too-many-tabs",
                    "Too many tabs of Pursuit are open in this browser. Close one to use this one.",
                ),
                ("crowded", "Too many people are connecting right now. Trying again."),
                "Connection lost. Reconnecting; what you typed is still here.",
            ),
            class_name=rx.cond(has_connection_errors, "offline", "offline unless-cut-off"),
        ),
        rx.cond(
            Notices.outage != "",
            rx.el.div(rx.icon("database", size=14), Notices.outage, class_name="offline"),
        ),
        role="status",
    )


def notices() -> rx.Component:
    """The notice of the last action, with Undo."""
    notice = Notices.notice
    return rx.el.div(
        rx.cond(
            notice,
            rx.el.div(
                rx.el.span(notice.message),
                rx.cond(
                    notice.batch != "",
                    rx.el.button(
                        "Undo",
                        class_name="undo",
                        aria_label=f"Undo: {notice.message}",
                        on_click=Notices.undo(notice.batch),
                        custom_attrs={**busy(), "data-key": "z"},
                    ),
                ),
                rx.cond(
                    notice.offers_reload, rx.el.a("Reload", href="", class_name="undo", reload_document=True)
                ),
                rx.el.button(
                    rx.icon("x", size=14),
                    class_name="icon-button",
                    aria_label="Dismiss",
                    on_click=Notices.dismiss,
                ),
                class_name=rx.cond(notice.is_trouble, "notice trouble", "notice"),
                key=notice.id,
                custom_attrs={"data-notice": notice.id},
            ),
        ),
        role="status",
        aria_live="polite",
        class_name="notices",
    )
