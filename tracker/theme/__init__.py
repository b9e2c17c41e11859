"""How Pursuit looks: the only place with a colour or a pixel; every other module names classes."""

from tracker.theme.sheet import style_sheet
from tracker.theme.tokens import COLOUR_SHEETS, FONTS, TINTS

__all__ = ["COLOUR_SHEETS", "FONTS", "TINTS", "style_sheet"]
