"""How Pursuit looks: the only place with a colour or a pixel; every other module names classes."""

import reflex as rx

from tracker.theme.tokens import FONTS

__all__ = ["FONTS", "head"]


def head() -> list[rx.Component]:
    """What every page's head holds: the font ahead of its use, and the icon."""
    font = {"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"}
    return [
        rx.el.link(rel="preload", href=FONTS["latin"], custom_attrs=font),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="referrer", content="same-origin"),
    ]
