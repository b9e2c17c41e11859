"""`/`: what is due today, what comes next, and how the search is going."""

import reflex as rx

from tracker.components.actions import first_actions, other_actions
from tracker.components.card_parts import company_mark
from tracker.components.first_steps import removal_dialog, sample_note, welcome
from tracker.components.name_prompt import name_prompt
from tracker.components.shell import add_button, shell, topbar
from tracker.shapes.dashboard import Dashboard, StageCount, Week
from tracker.shapes.interviews import InterviewItem
from tracker.state.first_steps import FirstSteps
from tracker.state.today import Today


def today() -> rx.Component:
    """The page in its frame."""
    return shell(
        rx.cond(
            Today.board,
            rx.fragment(
                rx.cond(Today.board.is_empty, welcome(), rx.fragment(sample_note(), whole(Today.board))),
                name_prompt(class_name="page"),
                rx.el.div(removal_dialog(), on_mount=FirstSteps.load),
            ),
            bones(),
        ),
        here="Today",
        topbar=topbar("Today", add_button()),
    )


def whole(board: rx.Var[Dashboard]) -> rx.Component:
    """Actions on the left, figures on the right."""
    return rx.el.div(
        rx.el.div(
            first_actions(board),
            next_interviews(board),
            other_actions(board),
            recent(board),
            class_name="sections",
        ),
        rx.el.div(figures(board), stages(board), class_name="sections"),
        class_name="page today",
    )


def next_interviews(board: rx.Var[Dashboard]) -> rx.Component:
    """The next five interviews."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Next interviews"), rx.el.a("All", href="/interviews", class_name="push small")
        ),
        rx.cond(
            board.interviews.length() > 0,
            rx.el.ul(rx.foreach(board.interviews, interview), class_name="plain lines"),
            rx.el.p("None on the calendar.", class_name="quiet"),
        ),
        class_name="section",
        aria_label="Next interviews",
    )


def interview(line: rx.Var[InterviewItem]) -> rx.Component:
    """Time, kind and people."""
    return rx.el.li(
        company_mark(line),
        rx.el.a(line.when, href=f"/interviews/{line.id}", class_name="opens nowrap"),
        rx.el.span(f"{line.kind_label} · {line.subject}", class_name="clip quiet"),
        rx.cond(line.own_time != "", rx.el.span(line.own_time, class_name="push small quiet nowrap")),
        class_name="line",
        key=line.id,
    )


def recent(board: rx.Var[Dashboard]) -> rx.Component:
    """The latest events."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Recent activity")),
        rx.el.ul(rx.foreach(board.recent, recent_entry), class_name="plain"),
        class_name="section",
        aria_label="Recent activity",
    )


def recent_entry(of: rx.Var) -> rx.Component:
    """One event, with its application."""
    return rx.el.li(
        rx.el.time(of.at, class_name="clip"),
        rx.el.span(
            of.sentence,
            rx.cond(
                of.subject != "",
                rx.fragment(" · ", rx.el.a(of.subject, href=f"/applications/{of.application_id}")),
            ),
            class_name="clip",
        ),
        class_name=rx.cond(of.was_undone, "entry undone", "entry"),
        key=of.id,
    )


def figures(board: rx.Var[Dashboard]) -> rx.Component:
    """This week against the goal, and the response rate."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Applications a week")),
        rx.el.div(
            figure(board.this_week, rx.cond(board.goal > 0, f"of {board.goal} this week", "this week")),
            figure(
                rx.cond(board.response.has_enough, board.response.shown, "–"),
                rx.cond(
                    board.response.has_enough,
                    f"response rate, n = {board.response.n}, {board.response.span}",
                    f"response rate: not enough yet, n = {board.response.n}",
                ),
            ),
            class_name="figures-row",
        ),
        rx.el.div(
            rx.foreach(board.weeks, week_bar),
            class_name="weeks",
            role="list",
            aria_label="Applications a week",
        ),
        class_name="section",
        aria_label="Applications a week",
    )


def figure(value: rx.Var, label: rx.Var) -> rx.Component:
    """A large number and what it counts."""
    return rx.el.div(
        rx.el.span(value, class_name="value"),
        rx.el.span(label, class_name="small quiet"),
        class_name="figure",
    )


def week_bar(week: rx.Var[Week]) -> rx.Component:
    """One week: a bar with its number, and the week's first day below it."""
    return rx.el.div(
        rx.el.span(week.count, class_name="count"),
        rx.el.span(
            class_name=rx.cond(week.reached_goal, "bar met", "bar"),
            custom_attrs={"style": {"height": f"{week.height}%"}},
        ),
        class_name=rx.cond(week.is_this_week, "week now", "week"),
        role="listitem",
        title=week.exact,
        aria_label=f"{week.exact}: {week.count}",
        key=week.exact,
    )


def stages(board: rx.Var[Dashboard]) -> rx.Component:
    """The number of applications per stage, linked to them."""
    most = board.most_in_a_stage
    return rx.el.section(
        rx.el.header(rx.el.h2("By stage")),
        rx.el.div(rx.foreach(board.stages, lambda stage: stage_bar(stage, most)), class_name="stagebar"),
        class_name="section",
        aria_label="By stage",
    )


def stage_bar(stage: rx.Var[StageCount], most: rx.Var) -> rx.Component:
    """One stage: its share of the largest, and its number."""
    return rx.el.a(
        rx.el.span(stage.label),
        rx.el.span(class_name="fill", custom_attrs={"style": {"width": f"{stage.count * 100 / most}%"}}),
        rx.el.span(stage.count, class_name="figures"),
        href=f"/applications?stage={stage.stage}",
        key=stage.stage,
        custom_attrs={"data-stage": stage.stage},
    )


def bones() -> rx.Component:
    """A placeholder while the page loads."""
    return rx.el.div(
        *[
            rx.el.div(
                *[
                    rx.el.span(class_name="bone", width=width)
                    for width in ("30%", "90%", "84%", "88%", "70%")
                ],
                class_name="stack",
            )
            for _ in range(2)
        ],
        class_name="page today",
        aria_hidden="true",
    )
