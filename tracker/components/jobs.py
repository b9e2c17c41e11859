"""Background jobs: recent ones, their progress, and Retry for failed ones."""

import reflex as rx

from tracker.components.idempotency import idempotent, submission_key
from tracker.shapes.jobs import JobItem
from tracker.state.jobs import Jobs


def background_work() -> rx.Component:
    """The user's latest jobs, or a note that there are none."""
    return rx.el.section(
        rx.el.h2("Background work"),
        rx.cond(
            Jobs.jobs.length() > 0,
            rx.el.ul(rx.foreach(Jobs.jobs, job), class_name="plain lines"),
            rx.cond(
                Jobs.jobs_loaded,
                rx.el.p("Nothing yet. What Pursuit does by itself, such as keeping the figures of each day, is listed here.", class_name="quiet"),
            ),
        ),
        class_name="section",
        aria_label="Background work",
    )  # fmt: skip


def job(line: rx.Var[JobItem]) -> rx.Component:
    """One job: its kind, status and error."""
    retries = f"retry:{line.id}"
    return rx.el.li(
        rx.el.div(
            rx.el.div(line.label, class_name="clip"),
            rx.cond(line.reason != "", rx.el.div(line.reason, class_name="small quiet")),
        ),
        rx.el.span(
            line.state_label,
            rx.cond(line.progress > 0, f", {line.progress} %", ""),
            ", ",
            rx.el.span(line.when, title=line.exactly),
            class_name="push small quiet nowrap",
        ),
        rx.cond(
            line.can_retry,
            rx.el.button(
                "Retry",
                on_click=Jobs.retry(line.id, submission_key(retries)),
                custom_attrs=idempotent(retries),
                aria_label=f"Retry: {line.label}",
            ),
        ),
        class_name="line",
        key=line.id,
    )
