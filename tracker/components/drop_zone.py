"""Places where a card can be dropped."""

from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_components_core.el.elements.typography import Div

from tracker.components.browser import module


class DropZone(Div):
    """A place where a card can be dropped."""

    library = module("drop_zone")
    tag = "DropZone"
    _is_tag_in_global_scope = False
    on_card: EventHandler[passthrough_event_spec(str)] = field(doc="Called with the identifier of the card.")
