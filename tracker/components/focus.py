"""Attributes for `focus.js`: the control that takes focus when a button disappears."""


def focus_next(on: str = "") -> dict[str, str]:
    """Return the attributes of a button that passes focus to this id, or keeps it when rendered again."""
    return {"data-stays": on}
