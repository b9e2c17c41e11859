"""`/compare`: why one application scores higher than another, factor by factor."""

from typing import Any

import reflex as rx

from tracker.components.navigation import Address
from tracker.components.shell import shell, topbar
from tracker.shapes.priority import ComparedFactor, Comparison, ExplainedScore
from tracker.state.scores import Compare


def compare() -> rx.Component:
    """The page in its frame."""
    comparison = Compare.compared
    return shell(
        rx.cond(
            Compare.loaded,
            rx.el.div(
                rx.el.div(
                    chooser("left", "This one", Compare.left),
                    chooser("right", "Compared with", Compare.right),
                    class_name="against",
                ),
                rx.cond(
                    comparison,
                    versus(comparison),
                    rx.el.p(
                        rx.cond(
                            Compare.is_missing,
                            "One of these applications doesn't exist, or isn't yours.",
                            "Choose two applications to see why one ranks higher.",
                        ),
                        class_name="quiet",
                        role="status",
                    ),
                ),
                Address.create(shown=Compare.address),
                class_name="page sections",
            ),
            rx.el.div(rx.el.span(class_name="bone", width="40%"), class_name="page", aria_hidden="true"),
        ),
        here="Applications",
        topbar=topbar("Compare scores"),
    )


def chooser(side: str, label: str, chosen: Any) -> rx.Component:
    """Select among the fifty highest-scoring open applications and the one in the address."""
    comparison = Compare.compared
    mine = getattr(comparison, side)
    listed = rx.foreach(
        Compare.others,
        lambda card: rx.el.option(
            f"{card.score} · {card.role} at {card.company}", value=card.id, key=card.id
        ),
    )
    return rx.el.div(
        rx.el.label(label, html_for=f"compare-{side}"),
        rx.el.select(
            rx.el.option("Choose an application", value=""),
            rx.cond(
                comparison,
                rx.el.optgroup(
                    rx.el.option(f"{mine.score} · {mine.role} at {mine.company}", value=mine.id),
                    label="Shown",
                ),
                rx.fragment(),
            ),
            rx.el.optgroup(listed, label="Highest scores"),
            id=f"compare-{side}",
            value=chosen,
            on_change=lambda row_id: Compare.choose(side, row_id),
        ),
        class_name="field",
    )


def versus(comparison: rx.Var[Comparison]) -> rx.Component:
    """The result in a sentence, then every factor that differs."""
    return rx.fragment(
        rx.el.p(comparison.answer, role="status"),
        rx.el.table(
            rx.el.caption("Points of each, factor by factor", class_name="hidden"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Factor", scope="col"),
                    rx.el.th(named(comparison.left), scope="col"),
                    rx.el.th(named(comparison.right), scope="col"),
                    rx.el.th("Difference", scope="col", class_name="ahead"),
                )
            ),
            rx.el.tbody(rx.foreach(comparison.lines, line)),
            rx.el.tfoot(
                rx.el.tr(
                    rx.el.th("Score", scope="row"),
                    rx.el.td(comparison.left.score),
                    rx.el.td(comparison.right.score),
                    rx.el.td(comparison.apart, class_name="ahead"),
                )
            ),
            class_name="versus",
        ),
        rx.cond(
            comparison.alike != "", rx.el.p(f"Same points for: {comparison.alike}.", class_name="quiet small")
        ),
    )


def named(item: rx.Var[ExplainedScore]) -> rx.Component:
    """The heading of a column."""
    return rx.el.a(f"{item.role} at {item.company}", href=f"/applications/{item.id}")


def line(item: rx.Var[ComparedFactor]) -> rx.Component:
    """One factor: the points and sentence of each application, and the difference."""
    return rx.el.tr(
        rx.el.th(item.label, scope="row"),
        side(item.left, item.left_sentence, item.favours == "left"),
        side(item.right, item.right_sentence, item.favours == "right"),
        rx.el.td(item.ahead, class_name="ahead"),
        key=item.label,
    )


def side(points: Any, sentence: Any, is_favoured: Any) -> rx.Component:
    """The points of one application."""
    return rx.el.td(
        rx.el.b(points),
        rx.el.span(sentence, class_name="quiet"),
        class_name="side",
        custom_attrs={"data-favoured": is_favoured.to_string()},
    )
