"""The requirements of a posting, and the parts of the profile that match each."""

import reflex as rx

from tracker.shapes.applications import ApplicationDetail
from tracker.shapes.matching import MatchPage, RequirementItem, SupportItem
from tracker.state.application_tabs import ApplicationMatch


def requirements_section(detail: rx.Var[ApplicationDetail]) -> rx.Component:
    """The requirements of an application's posting, or the reason why there are none."""
    sheet = ApplicationMatch.sheet
    return rx.el.section(
        rx.el.header(rx.el.h2("Requirements", id="heading-asks")),
        rx.cond(
            sheet & (ApplicationMatch.of == detail.id),
            rx.cond(sheet.empty != "", rx.el.p(sheet.empty, class_name="quiet"), requirements(sheet)),
            rx.el.div(rx.el.span(class_name="bone", width="60%"), class_name="line", aria_hidden="true"),
        ),
        class_name="section",
        aria_labelledby="heading-asks",
    )


def requirements(sheet: rx.Var[MatchPage]) -> rx.Component:
    """The covered share, and every requirement; those after the first dozen are collapsed."""
    return rx.fragment(
        rx.cond(sheet.has_profile, coverage(sheet), profile_link()),
        rx.el.ul(rx.foreach(sheet.first, requirement), class_name="plain asks"),
        rx.cond(
            sheet.show_all != "",
            rx.el.details(
                rx.el.summary(sheet.show_all),
                rx.el.ul(rx.foreach(sheet.rest, requirement), class_name="plain asks"),
                class_name="more-asks",
            ),
        ),
    )


def coverage(sheet: rx.Var[MatchPage]) -> rx.Component:
    """The share of requirements that match, with its count and the missing must-haves."""
    return rx.el.div(
        rx.el.p(
            rx.el.span(sheet.share, class_name="value", aria_hidden="true"),
            rx.el.span(sheet.counted, class_name="small quiet figures", aria_hidden="true"),
            rx.el.span(sheet.coverage, class_name="hidden", role="status"),
            class_name="row",
        ),
        rx.el.p(sheet.missing_musts, class_name="small musts"),
        class_name="covered",
    )


def profile_link() -> rx.Component:
    """A link to the profile while it is empty."""
    return rx.el.p(
        rx.el.a("Complete your profile", href="/profile"),
        " to see which of your bullets match each requirement.",
    )


def requirement(line: rx.Var[RequirementItem]) -> rx.Component:
    """One requirement: a tick, dash or dot (no profile), its text and line, and its evidence."""
    return rx.el.li(
        rx.cond(
            line.is_met,
            rx.icon("check", size=16, aria_hidden="true"),
            rx.cond(
                line.status == "",
                rx.icon("dot", size=16, aria_hidden="true"),
                rx.icon("minus", size=16, aria_hidden="true"),
            ),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.strong(line.words),
                rx.el.span(line.kind, class_name="small quiet"),
                rx.cond(line.is_must, rx.el.span("must", class_name="tag")),
                rx.el.span(line.status, class_name="hidden"),
                class_name="what",
            ),
            rx.cond(line.posting_line != "", rx.el.q(line.posting_line)),
            rx.cond(line.note != "", rx.el.p(line.note, class_name="small")),
            rx.cond(
                line.support.length() > 0,
                rx.el.ul(
                    rx.foreach(line.support, evidence),
                    rx.cond(line.more != "", rx.el.li(line.more, class_name="quiet")),
                    class_name="plain backing",
                    aria_label="Evidence in your profile",
                ),
            ),
            class_name="said",
        ),
        class_name="ask",
        key=line.key,
        custom_attrs={"data-met": rx.cond(line.is_met, "true", "false")},
    )


def evidence(part: rx.Var[SupportItem]) -> rx.Component:
    """A bullet, position or other part of the profile, with where it is from."""
    return rx.el.li(
        part.text,
        rx.cond(part.where != "", rx.el.span(f" · {part.where}", class_name="quiet")),
        rx.cond(part.why != "", rx.el.span(f" · {part.why}", class_name="quiet")),
        key=part.key,
    )
