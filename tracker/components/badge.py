"""The badge, reminders and browser notifications of every page."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.forms import Button

from tracker.components.browser import module
from tracker.shapes.badge import ReminderItem
from tracker.state.badge import Badge


class ReminderNotifier(rx.Component):
    """Script that shows each reminder once as a browser notification, if the user allows it."""

    library = module("notifications")
    tag = "Notifier"
    reminders: Var[list[ReminderItem]] = field(doc="The reminders on the page.")
    alarm: Var[str] = field(doc="A count, and the seconds after which to look again.")
    on_time: EventHandler[no_args_event_spec] = field(doc="Called when it is time to look again.")


class NotificationPermission(Button):
    """Control that asks the browser for permission to notify and shows its answer."""

    library = module("notifications")
    tag = "Permission"
    _is_tag_in_global_scope = False


def badge() -> rx.Component:
    """The number of actions due by today, beside their page."""
    return rx.cond(
        Badge.due > 0,
        rx.el.span(Badge.due, class_name="badge", aria_label=f"{Badge.due} due", role="img"),
    )


def reminders() -> rx.Component:
    """Upcoming interviews, until they start or are dismissed."""
    return rx.fragment(
        rx.el.div(
            rx.foreach(Badge.reminders, reminder),
            class_name="reminders",
            role="status",
            aria_label="Reminders",
        ),
        ReminderNotifier.create(reminders=Badge.reminders, alarm=Badge.alarm, on_time=Badge.refresh),
    )


def reminder(of: rx.Var[ReminderItem]) -> rx.Component:
    """One interview: time, kind and link."""
    return rx.el.div(
        rx.icon("bell", size=16),
        rx.el.span(of.when, class_name="when nowrap"),
        rx.el.a(of.title, href=of.address, class_name="clip"),
        rx.cond(
            of.link != "",
            rx.el.a("Join", href=of.link, target="_blank", rel="noopener noreferrer", class_name="button small-button"),
        ),
        rx.el.button(
            rx.icon("x", size=14),
            class_name="icon-button plain-button push",
            aria_label=f"Dismiss the reminder: {of.title}",
            on_click=Badge.dismiss(of.interview_id),
        ),
        class_name="reminder",
        key=of.key,
    )  # fmt: skip
