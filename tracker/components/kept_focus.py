"""What a button names for `assets/browser/kept_focus.js`: the control that takes the focus when the button goes away."""


def stays(on: str = "") -> dict[str, str]:
    """Attributes of a button that leaves the focus to the control of this id, or keeps it by its own id when it is drawn anew."""
    return {"data-stays": on}
