"""The bullets of a profile that answer a question, each laid out as a story."""

from typing import Any

import reflex as rx

from tracker.shapes.preparation import Story, StoryPart


def answered_from(of: rx.Var[Any]) -> rx.Component:
    """The stories of a question, folded until they are wanted; or that nothing speaks to it, and where to write it down."""
    return rx.fragment(
        rx.cond(
            of.stories.length() > 0,
            rx.el.details(
                rx.el.summary(of.told, rx.el.span(f": {of.text}", class_name="hidden")),
                rx.el.ul(rx.foreach(of.stories, story), class_name="plain"),
                class_name="stories",
            ),
        ),
        rx.cond(
            of.is_unspoken,
            rx.el.p(
                "Nothing in your profile speaks to it. ",
                rx.el.a("Write a bullet", href="/profile", aria_label=f"Write a bullet: {of.text}"),
                class_name="small quiet unspoken",
            ),
        ),
    )


def story(of: rx.Var[Story]) -> rx.Component:
    """One bullet as situation, task, action and result."""
    return rx.el.li(rx.el.dl(rx.foreach(of.parts, part)), class_name="story", key=of.bullet_id)


def part(of: rx.Var[StoryPart]) -> rx.Component:
    """What the profile says of one part, or the question that is left to the person."""
    return rx.el.div(
        rx.el.dt(of.label),
        rx.el.dd(of.text, class_name=rx.cond(of.is_prompt, "prompt", "")),
        key=of.label,
    )


def unwritten() -> rx.Component:
    """Where to begin when no bullet can answer anything yet."""
    return rx.el.p(
        rx.el.a("Write your profile", href="/profile"),
        " to see which of your own bullets answer each question.",
    )
