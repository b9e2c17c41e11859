"""The facts of an interview as its page lists them, each ready to be edited in place."""

from tracker.db import Scope
from tracker.models import Interview
from tracker.services.interviews.fields import FIELD_LABELS, as_typed, both_times
from tracker.services.interviews.lines import link
from tracker.shapes.applications import Fact
from tracker.shapes.dates import clock_time, exact_day, offset_in_words
from tracker.shapes.words import InterviewKind, choices
from tracker.zones import named

_KINDS = {"kind": "choice", "round": "number", "starts_at": "datetime", "zone": "zone", "minutes": "number"}


def facts(scope: Scope, row: Interview) -> list[Fact]:
    """Every short field; the start is shown and edited on the clocks of the interview's own zone."""
    typed, shown = as_typed(row), _shown(scope, row)
    return [
        Fact(
            name=name,
            label=label,
            shown=shown[name],
            raw=typed[name],
            kind=_KINDS.get(name, "text"),
            choices=choices(InterviewKind) if name == "kind" else [],
            link=link(row.place) if name == "place" else "",
        )
        for name, label in FIELD_LABELS.items()
        if name != "preparation"
    ]


def _shown(scope: Scope, row: Interview) -> dict[str, str]:
    locale = scope.who.locale
    shown = f"{exact_day(row.wall_time.date(), locale)}, {clock_time(row.wall_time.time(), locale)}"
    if both_times(row.wall_time, row.zone):
        shown += f" ({offset_in_words(row.starts_at, named(row.zone))})"
    return {
        **as_typed(row),
        "kind": InterviewKind(row.kind).label,
        "starts_at": shown,
    }
