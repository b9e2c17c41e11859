"""How a model wants to be told how much it may write: as servers always did, or as those that think first do."""

from typing import Any

from tracker.services.model.failing import refuses_terms
from tracker.shapes.model import Service

_THOUGHT = 8_000
"""Tokens that a model which thinks first may take for that; they count as written."""
_thinkers: set[tuple[str, str]] = set()


def terms(service: Service, most_tokens: int, temperature: float | None = None) -> dict[str, Any]:
    """How much may be written and how freely, as this model is known to take it."""
    if (service.base_url, service.model) in _thinkers:
        return {"max_completion_tokens": most_tokens + _THOUGHT}
    return {"max_tokens": most_tokens} | ({} if temperature is None else {"temperature": temperature})


def learns_terms(service: Service, error: Exception) -> bool:
    """Whether an error tells, for the first time, that this model wants the terms of one that thinks before it writes."""
    asked = (service.base_url, service.model)
    if asked in _thinkers or not refuses_terms(error):
        return False
    _thinkers.add(asked)
    return True
