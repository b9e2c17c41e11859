"""The browser's time zone and languages."""

import reflex as rx
from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec

from tracker.components.browser import module


class BrowserZone(rx.Component):
    """Script that reports the browser's time zone and languages once."""

    library = module("time_zone")
    tag = "BrowserZone"
    on_zone: EventHandler[passthrough_event_spec(str, str)] = field(
        doc="Called with the IANA name of the zone and the tags of the languages."
    )
