"""A score: its number, a thin bar, and its reasons on tap, key or hover."""

from typing import Any

import reflex as rx

from tracker.shapes.priority import ExplainedScore, Reason
from tracker.state.scores import ScoreExplanation


def score(card: Any) -> rx.Component:
    """The score as a button; the browser opens the reasons and the server fills them in."""
    return rx.el.button(
        rx.el.span(card.score, class_name="figures"),
        meter(card.score),
        type="button",
        class_name="score over",
        aria_label=f"Score {card.score} of 100 for {card.role} at {card.company}: why?",
        on_click=ScoreExplanation.show(card.id),
        on_mouse_enter=ScoreExplanation.show(card.id).debounce(250),
        custom_attrs={"popoverTarget": "why", "popoverTargetAction": "show", "interestfor": "why"},
    )


def meter(number: Any) -> rx.Component:
    """A thin bar as long as the score."""
    return rx.el.span(
        rx.el.span(class_name="fill", style={"width": f"{number}%"}), class_name="meter", aria_hidden="true"
    )


def reasons_popover() -> rx.Component:
    """The popover for reasons: one per page, beside the score that opened it."""
    explained = ScoreExplanation.explained
    return rx.el.div(
        rx.cond(
            explained,
            reasons(explained),
            rx.el.div(
                *[
                    rx.el.span(class_name="bone", width=width, key=width)
                    for width in ("70%", "90%", "82%", "88%")
                ],
                class_name="stack",
                aria_hidden="true",
            ),
        ),
        id="why",
        class_name="why",
        role="dialog",
        aria_label="Why this score",
        custom_attrs={"popover": "auto"},
    )


def reasons(explained: rx.Var[ExplainedScore]) -> rx.Component:
    """Every reason with its points, their sum, what didn't count, and links."""
    return rx.fragment(
        rx.el.h2(f"{explained.role} at {explained.company}"),
        rx.el.ul(rx.foreach(explained.reasons, reason), class_name="plain reasons"),
        rx.el.p(
            rx.el.span(explained.score, class_name="points"), rx.el.strong("Score"), class_name="reason sum"
        ),
        rx.cond(
            explained.silent.length() > 0,
            rx.el.details(
                rx.el.summary("Factors with no effect"),
                rx.el.ul(rx.foreach(explained.silent, reason), class_name="plain reasons"),
            ),
        ),
        rx.el.footer(
            rx.el.a("Compare with another", href=f"/compare?a={explained.id}"),
            rx.el.a("Edit priorities", href="/priorities", class_name="push"),
            class_name="row",
        ),
    )


def reason(line: rx.Var[Reason]) -> rx.Component:
    """One reason: signed points and a sentence."""
    return rx.el.li(
        rx.el.span(line.signed, class_name="points", custom_attrs={"data-sign": rx.cond(line.points < 0, "down", "")}),
        rx.el.span(rx.el.strong(line.label), " ", line.sentence),
        class_name="reason",
        key=line.factor,
    )  # fmt: skip
