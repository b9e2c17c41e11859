"""Attributes of forms and buttons that act once per submission, for `idempotency.js`."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var

from tracker.shapes.forms import FORM_KEY


def key_field() -> rx.Component:
    """The hidden field for a form's idempotency key."""
    return rx.el.input(type="hidden", name=FORM_KEY)


def idempotent(name: Any) -> dict[str, Any]:
    """Return the attributes of a button outside a form; `name` says what it does to which row."""
    return {"data-once": name}


def submission_key(name: Any) -> Var[str]:
    """Return the key of the submission that an event handler is called for."""
    return Var(f"window.pressKey({Var.create(name)!s})", _var_type=str)
