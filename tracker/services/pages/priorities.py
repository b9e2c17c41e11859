"""Wishes and weights, and a preview of the order under unsaved weights."""

from collections.abc import Mapping

from tracker.db import Scope
from tracker.errors import Invalid
from tracker.services.priority import preview, wishes_form
from tracker.shapes.notice import Done
from tracker.shapes.priority import RankedApplication, WishesForm


def page(
    scope: Scope, tried: Mapping[str, str], saved: Mapping[str, int]
) -> tuple[WishesForm, list[RankedApplication]]:
    """Return the wishes, and the order under `tried`, or under weights saved elsewhere since `saved`."""
    sheet = wishes_form.read(scope)
    weights = tried if sheet.weights == saved else as_typed(sheet.weights)
    return sheet, order(scope, weights)


def order(scope: Scope, tried: Mapping[str, str]) -> list[RankedApplication]:
    """Return the order under these weights; empty if they are invalid."""
    try:
        return preview.preview_weights(scope, tried)
    except Invalid:
        return []


def save(
    scope: Scope, changed: Mapping[str, str], weights: Mapping[str, str], *, saves_weights: bool = False
) -> Done[list[RankedApplication]]:
    """Save changed wishes, and the weights if `saves_weights`; a job updates all scores."""
    message = wishes_form.change(scope, changed, weights if saves_weights else {})
    scope.reread()
    return Done(message, "", order(scope, weights))


def as_typed(weights: Mapping[str, int]) -> dict[str, str]:
    """Return weights as form text."""
    return {f"weight_{factor}": str(weight) for factor, weight in weights.items()}
