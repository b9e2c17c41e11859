"""A list of time zones to choose from, by place."""

import reflex as rx

from tracker.components.form_fields import described, field
from tracker.zones import places

PLACES = rx.Var.create([[name, label] for name, label in places()])
NAMES = rx.Var.create([name for name, _ in places()])


def zone_options(current: rx.Var[str]) -> rx.Component:
    """An option for each place, and for the current zone if it has another name."""
    return rx.fragment(
        rx.cond(NAMES.contains(current), rx.fragment(), rx.el.option(current, value=current)),
        rx.foreach(PLACES, lambda place: rx.el.option(place[1], value=place[0], key=place[0])),
    )


def zone_field(
    form: str,
    errors: rx.Var,
    options: rx.Var[list[tuple[str, str]]],
    own_time: rx.Var[str],
    width: str,
    **props: object,
) -> rx.Component:
    """The field for the zone of a local time, and below it the time on the user's own clock."""
    control = rx.fragment(
        rx.el.select(
            rx.foreach(options, lambda zone: rx.el.option(zone[1], value=zone[0], key=zone[0])),
            **described(form, "zone", errors),
            **props,
        ),
        rx.el.div(rx.cond(own_time != "", f"= {own_time}", ""), class_name="quiet small", aria_live="polite"),
    )
    return field(form, "zone", "Time zone", control, errors, width)
