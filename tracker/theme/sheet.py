"""The style sheet as one text, made from the rules of each part of the interface."""

from collections.abc import Mapping
from typing import Any

from tracker.theme import (
    actions,
    agenda,
    board,
    charts,
    details,
    elements,
    imports,
    letters,
    lists,
    matching,
    overlays,
    paper,
    practice,
    profile,
    scores,
    shell,
    touch,
    wide,
)
from tracker.theme.scales import DARK, LIGHT
from tracker.theme.tokens import FONTS, TOKENS, scale_tokens

_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,"
    "U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113",
}

_STAND_IN = {
    "font-family": "'Inter stand-in'",
    "src": "local('Arial'), local('Helvetica'), local('Liberation Sans')",
    "size-adjust": "107.12%",
    "ascent-override": "90.44%",
    "descent-override": "22.52%",
    "line-gap-override": "0%",
}
"""A system font stretched to Inter's measures, so that nothing moves when Inter arrives."""


def style_sheet() -> str:
    """Every rule, in the order of the parts; later parts win."""
    faces = "".join(
        css({"@font-face": {
            "font-family": "'Inter'",
            "font-weight": "100 900",
            "font-display": "swap",
            "src": f"url({address}) format('woff2')",
            "unicode-range": _RANGES[subset],
        }})
        for subset, address in FONTS.items()
    )  # fmt: skip
    faces += css({"@font-face": _STAND_IN})
    themes = {":root": {**scale_tokens(LIGHT), **TOKENS}, "html.dark": scale_tokens(DARK)}
    parts = (
        elements.RULES,
        shell.RULES,
        lists.RULES,
        board.RULES,
        details.RULES,
        overlays.RULES,
        agenda.RULES,
        charts.RULES,
        actions.RULES,
        scores.RULES,
        practice.RULES,
        matching.RULES,
        profile.RULES,
        imports.RULES,
        letters.RULES,
        wide.RULES,
        touch.RULES,
        paper.RULES,
    )
    return faces + css(themes) + "".join(css(part) for part in parts)


def bare_sheet() -> str:
    """The rules of a page without scripts, which is dark where the browser is."""
    fonts = {"--font": "'Inter stand-in', system-ui, sans-serif"}
    light = css({"@font-face": _STAND_IN, ":root": {**scale_tokens(LIGHT), **TOKENS, **fonts}})
    dark = css(
        {
            "@media (prefers-color-scheme: dark)": {
                ":root": scale_tokens(DARK),
                "html": {"color-scheme": "dark"},
            }
        }
    )
    return (
        light
        + css(elements.RULES)
        + css({".alone": shell.RULES[".alone"], ".alone h1": {"font": "600 var(--head)"}})
        + dark
    )


def css(rules: Mapping[str, Any]) -> str:
    """Rules as CSS text; a rule within a rule is nested, as in a media query."""
    return "".join(f"{selector}{{{_body(rule)}}}" for selector, rule in rules.items())


def _body(rule: Mapping[str, Any]) -> str:
    return "".join(
        f"{name}{{{_body(value)}}}" if isinstance(value, Mapping) else f"{name}:{value};"
        for name, value in rule.items()
    )
