"""Two versions of a letter side by side, by paragraph, with deletions and insertions."""

import reflex as rx

from tracker.components.focus import focus_next
from tracker.shapes.letter_versions import Aligned, Change, Comparison, Piece, Side
from tracker.state.letter_versions import LetterVersions
from tracker.state.letters import Letters

COMPARE, CLOSE = "compare-versions", "close-comparison"


def comparison(shown: rx.Var[str]) -> rx.Component:
    """The comparison, or the button that starts it."""
    return rx.cond(
        LetterVersions.comparison,
        side_by_side(LetterVersions.comparison),
        rx.el.div(
            rx.el.button(
                "Compare", id=COMPARE, on_click=LetterVersions.compare(shown), custom_attrs=focus_next(CLOSE)
            ),
            rx.el.span("the version above with another", class_name="small quiet"),
            class_name="row wrap comparing",
        ),
    )


def side_by_side(two: rx.Var[Comparison]) -> rx.Component:
    """Both versions with their names, the earlier first, deletions and insertions highlighted."""
    return rx.el.section(
        rx.el.header(
            rx.el.h3("Compared"),
            rx.el.span(two.summary, class_name="small quiet", role="status"),
            rx.el.button(
                "Close", id=CLOSE, class_name="plain-button push", on_click=LetterVersions.close, aria_label="Close the comparison", custom_attrs=focus_next(COMPARE),
            ),
        ),
        other_version_choice(two),
        rx.el.div(side(two.earlier, "Earlier"), side(two.later, "Later"), class_name="two-versions names"),
        rx.el.ol(rx.foreach(two.rows, aligned), class_name="plain"),
        class_name="section compared",
        aria_label="Two versions compared",
    )  # fmt: skip


def other_version_choice(two: rx.Var[Comparison]) -> rx.Component:
    """The choice of the other version, if there is more than one."""
    return rx.cond(
        two.others.length() > 1,
        rx.el.div(
            rx.el.label("Compare with", html_for="beside-version"),
            rx.el.select(
                rx.foreach(two.others, lambda of: rx.el.option(f"{of.label}: {of.when}", value=of.id)),
                id="beside-version",
                value=two.other,
                on_change=LetterVersions.against,
            ),
            class_name="field",
        ),
    )


def side(of: rx.Var[Side], when: str) -> rx.Component:
    """The name of one version, linked to it."""
    return rx.el.div(
        rx.el.div(
            rx.el.strong(f"{when}: {of.label}"),
            rx.el.span(of.when, class_name="small quiet"),
            class_name="version-name",
        ),
        rx.cond(
            of.is_shown,
            rx.el.span("Shown above", class_name="tag nowrap"),
            rx.el.button(
                "Show this one",
                class_name="small-button push",
                on_click=Letters.choose(of.id),
                aria_label=f"Show the version: {of.label}, {of.when}",
            ),
        ),
        class_name="version-side",
    )


def aligned(row: rx.Var[Aligned]) -> rx.Component:
    """A paragraph beside its counterpart; equal text is read once."""
    return rx.el.li(
        rx.cond(
            row.is_same,
            rx.fragment(paragraph(row.earlier, ""), rx.el.div(rx.foreach(row.earlier, piece), class_name="letter again", aria_hidden="true")),
            rx.fragment(paragraph(row.earlier, "Earlier"), paragraph(row.later, "Later")),
        ),
        class_name=rx.cond(row.is_same, "two-versions same", "two-versions"),
    )  # fmt: skip


def paragraph(pieces: rx.Var[list[Piece]], which: str) -> rx.Component:
    """A paragraph of one version, or a note that it has none there."""
    return rx.el.div(
        rx.el.span(f"{which}: ", class_name="whose") if which else rx.fragment(),
        rx.cond(
            pieces.length() > 0,
            rx.foreach(pieces, piece),
            rx.el.span("Not in this version", class_name="small quiet"),
        ),
        class_name="letter",
    )


def piece(of: rx.Var[Piece]) -> rx.Component:
    """A run of words: deleted, inserted or unchanged, also in words."""
    return rx.match(
        of.change,
        (Change.TAKEN_OUT.value, rx.el.del_(rx.el.span("removed: ", class_name="hidden"), of.text)),
        (Change.PUT_IN.value, rx.el.ins(rx.el.span("added: ", class_name="hidden"), of.text)),
        rx.el.span(of.text),
    )
