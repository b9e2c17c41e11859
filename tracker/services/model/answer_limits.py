"""Length limit and temperature of an answer, in the form that the model accepts."""

from typing import Any

from tracker.services.model.failures import refuses_terms
from tracker.shapes.model import Service

_REASONING_TOKENS = 8_000
"""Tokens that a reasoning model may spend on reasoning; they count as output."""
_reasoning_models: set[tuple[str, str]] = set()


def answer_limits(service: Service, most_tokens: int, temperature: float | None = None) -> dict[str, Any]:
    """Return the request's length limit and temperature in the form that this model is known to accept."""
    if (service.base_url, service.model) in _reasoning_models:
        return {"max_completion_tokens": most_tokens + _REASONING_TOKENS}
    return {"max_tokens": most_tokens} | ({} if temperature is None else {"temperature": temperature})


def is_reasoning_model(service: Service, error: Exception) -> bool:
    """Return whether an error shows, for the first time, that this is a reasoning model."""
    key = (service.base_url, service.model)
    if key in _reasoning_models or not refuses_terms(error):
        return False
    _reasoning_models.add(key)
    return True
