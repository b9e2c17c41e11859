"""The calendar feed in Settings."""

import reflex as rx

from tracker.components.idempotency import key_field
from tracker.shapes.calendar_files import FeedAddress, FeedForm
from tracker.state.calendar_feed import CalendarFeeds

PARTS = (
    ("interviews", "Interviews"),
    ("deadlines", "Deadlines"),
    ("follow_ups", "Follow-ups"),
    ("reminders", "Reminders"),
)


def calendar_feed() -> rx.Component:
    """The feed's parts, its address once it is created, and how to end it."""
    sheet = CalendarFeeds.sheet
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Calendar feed"),
            rx.el.p(
                "A secret address from which your calendar reads what is ahead, and follows changes. "
                "Anyone who has the address can read it too.",
                class_name="quiet small",
            ),
        ),
        rx.cond(sheet, feed_form(sheet)),
        rx.cond(CalendarFeeds.address, feed_address(CalendarFeeds.address)),
        id="calendar",
        class_name="section",
        aria_label="Calendar feed",
    )


def feed_form(sheet: rx.Var[FeedForm]) -> rx.Component:
    """The parts, and the buttons that fit whether there is a feed."""
    return rx.el.form(
        key_field(),
        rx.el.fieldset(
            rx.el.legend("Contains", class_name="hidden"),
            rx.el.div(*[part(sheet, name, label) for name, label in PARTS], class_name="ticks"),
        ),
        rx.cond(sheet.is_active, status(sheet)),
        rx.el.div(
            rx.cond(
                sheet.is_active,
                rx.fragment(
                    rx.el.button("Save feed", type="submit"),
                    rx.el.button("Replace address", type="button", on_click=CalendarFeeds.replace),
                    rx.el.button("End feed", type="button", on_click=CalendarFeeds.end),
                ),
                rx.el.button(rx.icon("calendar-sync", size=16), "Create feed", type="submit"),
            ),
            class_name="row wrap",
        ),
        on_submit=CalendarFeeds.save,
        class_name="stack",
        aria_label="Calendar feed",
    )


def part(sheet: rx.Var[FeedForm], name: str, label: str) -> rx.Component:
    """The checkbox of one part."""
    is_on = sheet.typed[name] == "on"
    box = rx.el.input(type="checkbox", name=name, default_checked=is_on, key=f"{name}-{sheet.typed[name]}")
    return rx.el.label(box, label)


def status(sheet: rx.Var[FeedForm]) -> rx.Component:
    """The times of creation and of the last read by a calendar."""
    return rx.el.p(
        f"Created {sheet.created}, ",
        rx.cond(sheet.fetched != "", f"last read {sheet.fetched}.", "not read yet."),
        class_name="quiet small",
    )


def feed_address(address: rx.Var[FeedAddress]) -> rx.Component:
    """The secret address, which is shown only now."""
    return rx.el.div(
        rx.el.label("Address", html_for="feed-address"),
        rx.el.div(
            rx.el.input(
                id="feed-address", value=address.web, read_only=True, aria_describedby="feed-address-hint"
            ),
            rx.el.button("Copy", type="button", custom_attrs={"data-copies": address.web}),
            rx.el.a("Open in a calendar", href=address.subscribe, reload_document=True, class_name="button"),
            class_name="row wrap",
        ),
        rx.el.span(
            "Copy it now: it isn't shown again. A calendar on the web can read it only if Pursuit can be reached from there.",
            id="feed-address-hint",
            class_name="quiet small",
        ),
        class_name="field",
        role="status",
    )
