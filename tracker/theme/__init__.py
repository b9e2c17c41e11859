"""The style sheet: the only place with colours and pixels; other modules name classes."""

import reflex as rx

from tracker.theme.tokens import FONTS

__all__ = ["FONTS", "head"]


def head() -> list[rx.Component]:
    """Return the elements of every page's head: font preloads and the icon."""
    font = {"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"}
    return [
        rx.el.link(rel="preload", href=FONTS["latin"], custom_attrs=font),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="apple-touch-icon", href="/icons/icon-192.png"),
        rx.el.meta(name="referrer", content="same-origin"),
    ]
