"""Progress of a generation request: text so far, Stop, errors, and the model calls."""

from typing import Any

import reflex as rx

from tracker.components.focus import focus_next
from tracker.components.optimistic_controls import busy
from tracker.shapes.generation import CallItem, Phase, Progress
from tracker.state.generation_progress import GenerationProgress

STOP, STOPPED = "stop-writing", "stopped-writing"
"""Where the keyboard is led: to the way to stop what was asked for, and to what there was when it was stopped."""


def starts_model() -> dict[str, str]:
    """Return the attributes of a button that starts a model and moves focus to Stop."""
    return busy() | focus_next(STOP)


def progress(of: type[GenerationProgress]) -> rx.Component:
    """The request in progress, failed or stopped; empty once it is done."""
    now: Any = of.progress
    return rx.cond(
        now,
        rx.match(
            now.phase,
            (Phase.WAITING.value, running(of, now)),
            (Phase.WRITING.value, running(of, now)),
            (Phase.FAILED.value, failed(of, now)),
            (Phase.STOPPED.value, stopped(now)),
            rx.fragment(),
        ),
    )


def running(of: type[GenerationProgress], now: rx.Var[Progress]) -> rx.Component:
    """The text so far, and Stop; announced once, not at every word."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("The model is writing", id="heading-writing"),
            rx.el.span(now.status, class_name="small quiet"),
            rx.el.span(
                rx.cond(now.phase == Phase.WRITING.value, "Writing has started.", "The request was sent."),
                class_name="hidden",
                role="status",
            ),
            rx.el.button(
                "Stop", id=STOP, class_name="push", on_click=of.stop, custom_attrs=focus_next(STOPPED)
            ),
        ),
        rx.cond(
            now.before_status != "",
            rx.el.details(rx.el.summary(now.before_status), rx.el.div(now.before, class_name="letter quiet")),
        ),
        rx.cond(
            now.text != "",
            rx.el.div(now.text, class_name="letter"),
            rx.el.div(
                *[rx.el.span(class_name="bone", width=width, key=width) for width in ("92%", "84%", "64%")],
                class_name="stack",
                aria_hidden="true",
            ),
        ),
        class_name="section",
        aria_labelledby="heading-writing",
    )


def failed(of: type[GenerationProgress], now: rx.Var[Progress]) -> rx.Component:
    """The error, Retry, and the text written before it."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(now.failed, id="heading-writing"),
            rx.el.button("Try again", class_name="push", on_click=of.retry, custom_attrs=focus_next(STOP)),
        ),
        rx.el.p(now.status, class_name="problem", role="alert"),
        rx.cond(now.text != "", rx.el.div(now.text, class_name="letter quiet")),
        class_name="section",
        aria_labelledby="heading-writing",
    )


def stopped(now: rx.Var[Progress]) -> rx.Component:
    """The text written before it was stopped."""
    return rx.el.details(
        rx.el.summary(now.status, id=STOPPED),
        rx.el.div(now.text, class_name="letter quiet"),
        class_name="stopped",
    )


def is_busy(of: type[GenerationProgress]) -> rx.Var[bool]:
    """Return whether a model is writing."""
    now: Any = of.progress
    return rx.cond(now, (now.phase == Phase.WAITING.value) | (now.phase == Phase.WRITING.value), False)


def can_ask(of: type[GenerationProgress]) -> rx.Var[bool]:
    """Return whether a model can be asked: one is set up and isn't writing."""
    now: Any = of.progress
    return rx.cond(now, (now.asks != "") & ~is_busy(of), False)


def model_calls(of: type[GenerationProgress]) -> rx.Component:
    """Every model call, each with its full text."""
    now: Any = of.progress
    return rx.cond(
        now & (now.calls.length() > 0),
        rx.el.details(
            rx.el.summary(f"What was sent to the model ({now.calls.length()})"),
            rx.el.ul(rx.foreach(now.calls, model_call), class_name="plain lines"),
        ),
    )


def model_call(line: rx.Var[CallItem]) -> rx.Component:
    """One model call, linked to its text."""
    return rx.el.li(
        rx.el.a(
            line.service, href=f"/model-calls/{line.id}.txt", target="_blank", reload_document=True,
            class_name="clip", aria_label=f"What was sent to {line.service}, {line.when}",
        ),
        rx.el.span(f"{line.when}: {line.took}", class_name="push small quiet"),
        class_name="line",
        key=line.id,
    )  # fmt: skip
