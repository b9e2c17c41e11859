"""Focus on the first invalid field of a refused form."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var

from tracker.components.browser import module


class InvalidFieldFocus(rx.Component):
    """Script that focuses the first invalid field after each refusal."""

    library = module("invalid_field")
    tag = "InvalidFieldFocus"
    refusal: Var[str] = field(doc="A new value is a new refusal.")
