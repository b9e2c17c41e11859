"""Wishes and weights, and the order that weights being tried out would give."""

from collections.abc import Mapping

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.services.priority import preview, wishes_form
from tracker.shapes.notice import Done
from tracker.shapes.priority import RankedApplication, WishesForm


def page(
    scope: Scope, tried: Mapping[str, str], saved: Mapping[str, int]
) -> tuple[WishesForm, list[RankedApplication]]:
    """Return the wishes and the order of the weights tried out, or of newer ones saved elsewhere."""
    sheet = wishes_form.read(scope)
    weights = tried if sheet.weights == saved else as_typed(sheet.weights)
    return sheet, order(scope, weights)


def order(scope: Scope, tried: Mapping[str, str]) -> list[RankedApplication]:
    """Return the order that weights would give; none where they can't be kept."""
    try:
        return preview.preview_weights(scope, tried)
    except Invalid:
        return []


def save(
    scope: Scope, changed: Mapping[str, str], weights: Mapping[str, str], *, saves_weights: bool = False
) -> Done[list[RankedApplication]]:
    """Save changed wishes, and weights where they changed; a job renews every score."""
    message = wishes_form.change(scope, changed, weights if saves_weights else {})
    scope.reread()
    return Done(message, "", order(scope, weights))


def as_typed(weights: Mapping[str, int]) -> dict[str, str]:
    """Return weights as a form would hold them."""
    return {f"weight_{factor}": str(weight) for factor, weight in weights.items()}
