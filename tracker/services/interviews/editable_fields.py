"""Fields of an interview as its page shows them, each edited in place."""

from tracker.db import Scope
from tracker.models import Interview
from tracker.services.interviews.interview_fields import FIELD_LABELS, as_typed, fold_choices
from tracker.services.web_links import first_link
from tracker.shapes.applications import Fact
from tracker.shapes.dates import clock_time, exact_day, offset_in_words
from tracker.shapes.enumerations import InterviewKind, choices
from tracker.zones import named

_KINDS = {"kind": "choice", "round": "number", "starts_at": "datetime", "zone": "zone", "minutes": "number"}


def editable_fields(scope: Scope, row: Interview) -> list[Fact]:
    """Return every short field. The start is shown and edited in the interview's own time zone."""
    typed, display = as_typed(row), _display(scope, row)
    return [
        Fact(
            name=name,
            label=label,
            shown=display[name],
            raw=typed[name],
            kind=_KINDS.get(name, "text"),
            choices=choices(InterviewKind) if name == "kind" else [],
            link=first_link(row.place) if name == "place" else "",
        )
        for name, label in FIELD_LABELS.items()
        if name != "preparation"
    ]


def _display(scope: Scope, row: Interview) -> dict[str, str]:
    locale = scope.who.locale
    start = f"{exact_day(row.wall_time.date(), locale)}, {clock_time(row.wall_time.time(), locale)}"
    if fold_choices(row.wall_time, row.zone):
        start += f" ({offset_in_words(row.starts_at, named(row.zone))})"
    return {
        **as_typed(row),
        "kind": InterviewKind(row.kind).label,
        "starts_at": start,
    }
