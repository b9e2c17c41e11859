"""Days of a calendar whose free time can be clicked, and where interviews can be dropped."""

from reflex_base.components.component import field
from reflex_base.event import EventHandler, passthrough_event_spec
from reflex_base.vars.base import Var
from reflex_components_core.el.elements.typography import Div

from tracker.components.browser import module


class CalendarSlots(Div):
    """A day of a calendar: as a column of hours it passes a local time, as a cell of a month the day."""

    library = module("calendar_slots")
    tag = "CalendarSlots"
    _is_tag_in_global_scope = False
    element: Var[str] = field(doc="The name of the HTML element; `div` by default.")
    day: Var[str] = field(doc="The ISO date of the day.")
    first_hour: Var[int] = field(doc="The hour at the top of the column.")
    hours: Var[int] = field(doc="The number of hours of the column; none for a cell of a month.")
    on_free: EventHandler[passthrough_event_spec(str)] = field(doc="Called with the slot that was clicked.")
    on_moved: EventHandler[passthrough_event_spec(str, str)] = field(
        doc="Called with the id of an interview and the slot where it was dropped."
    )
