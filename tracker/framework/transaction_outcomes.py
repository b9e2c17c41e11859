"""Outcomes of recent events' transactions, for accurate error messages."""

from collections import OrderedDict
from enum import StrEnum

from reflex_base.event.context import EventContext

KEPT = 2_000


class Outcome(StrEnum):
    """Outcome of an event's changes."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    UNKNOWN = "unknown"


_outcomes: OrderedDict[str, Outcome] = OrderedDict()


def record(txid: str, outcome: Outcome) -> None:
    """Record the outcome of a transaction of the event `txid`; a later read doesn't reset it."""
    if outcome is Outcome.UNCHANGED or not txid:
        return
    _outcomes[txid] = outcome
    while len(_outcomes) > KEPT:
        _outcomes.popitem(last=False)


def outcome_of(context: EventContext) -> Outcome:
    """Return the outcome of an event, or of the event that caused it, such as the save before a reload."""
    for txid in (context.txid, context.parent_txid or ""):
        if txid in _outcomes:
            return _outcomes[txid]
    return Outcome.UNCHANGED
