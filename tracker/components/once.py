"""Forms and buttons that act once per press, together with `assets/browser/once.js` and `services/idempotency.py`."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var

from tracker.services.idempotency import FORM_KEY


def key_field() -> rx.Component:
    """The hidden field of a form for the key of its next press; a form without one may be pressed twice."""
    return rx.el.input(type="hidden", name=FORM_KEY)


def pressed_once(name: Any) -> dict[str, Any]:
    """Attributes of a button outside of a form; `name` says what it does and to which thing."""
    return {"data-once": name}


def press_key(name: Any) -> Var[str]:
    """The key of the press that an event handler is called for, of the button of this name."""
    return Var(f"window.pressKey({Var.create(name)!s})", _var_type=str)
