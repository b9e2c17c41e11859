"""Bullets of a profile that answer a question, each laid out as a story."""

from typing import Any

import reflex as rx

from tracker.shapes.preparation import Story, StoryPart


def stories(of: rx.Var[Any]) -> rx.Component:
    """The stories of a question, collapsed; or a note that there are none, with a link to the profile."""
    return rx.fragment(
        rx.cond(
            of.stories.length() > 0,
            rx.el.details(
                rx.el.summary(of.stories_label, rx.el.span(f": {of.text}", class_name="hidden")),
                rx.el.ul(rx.foreach(of.stories, story), class_name="plain"),
                class_name="stories",
            ),
        ),
        rx.cond(
            of.is_unsupported,
            rx.el.p(
                "Your profile has nothing on this yet. ",
                rx.el.a("Write a bullet", href="/profile", aria_label=f"Write a bullet: {of.text}"),
                class_name="small quiet unspoken",
            ),
        ),
    )


def story(of: rx.Var[Story]) -> rx.Component:
    """One bullet as situation, task, action and result."""
    return rx.el.li(rx.el.dl(rx.foreach(of.parts, part)), class_name="story", key=of.bullet_id)


def part(of: rx.Var[StoryPart]) -> rx.Component:
    """One part of a story, or a question where the profile says nothing."""
    return rx.el.div(
        rx.el.dt(of.label),
        rx.el.dd(of.text, class_name=rx.cond(of.is_prompt, "prompt", "")),
        key=of.label,
    )


def profile_link() -> rx.Component:
    """A link to the profile while it has no bullets."""
    return rx.el.p(
        rx.el.a("Complete your profile", href="/profile"),
        " to see which of your own bullets answer each question.",
    )
