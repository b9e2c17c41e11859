"""A list of all time zones to choose from."""

import reflex as rx

from tracker.components.fields import described, field
from tracker.zones import names

ZONES = rx.Var.create(sorted(names()))


def zone_options() -> rx.Component:
    """An option for each zone of the tz database."""
    return rx.foreach(ZONES, lambda zone: rx.el.option(zone, value=zone, key=zone))


def zone_field(form: str, name: str, errors: rx.Var, width: str, **props: object) -> rx.Component:
    """The field for the zone of a local time."""
    control = rx.el.select(zone_options(), **described(form, name, errors), **props)
    return field(form, name, "Time zone", control, errors, width)
