"""The address bar, and the focus after a navigation."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.vars.base import Var

from tracker.components.browser import module


class Address(rx.Component):
    """Script that sets the address bar to the current view without navigating."""

    library = module("navigation")
    tag = "Address"
    shown: Var[str] = field(doc="Path and query of the view.")


class HeadingFocus(rx.Component):
    """Script that moves focus to the page's heading after a navigation."""

    library = module("navigation")
    tag = "HeadingFocus"
