"""A row of links that may be wider than the screen."""

from reflex_base.components.component import field
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.sectioning import Nav

from tracker.components.browser import module


class ScrollingNav(Nav):
    """Links in one line, scrolled to the current one."""

    library = module("scrolling_nav")
    tag = "ScrollingNav"
    _is_tag_in_global_scope = False
    chosen: Var[str] = field(doc="A new value is a new choice.")
