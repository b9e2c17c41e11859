"""Touch targets of 44 pixels on phones.

Where a control has no room for them, a transparent pseudo-element surrounds it. A select can't have a pseudo-element, so it has a transparent border, compensated by a negative margin.
"""

_BEYOND = {"content": "''", "position": "absolute", "inset": "-7px"}
_WHOLE = {"content": "''", "position": "absolute", "inset": "0"}

RULES = {
    "@media (max-width: 767px)": {
        "select.chip": {
            "min-height": "44px", "margin": "-6px", "border": "6px solid transparent", "border-radius": "18px",
            "background-clip": "padding-box", "max-width": "calc(100% + 12px)",
        },
        "select.chip:hover": {"border-color": "transparent"},
        "select.chip:focus-visible": {"outline-offset": "-4px"},
        "select.chip:not(:focus-visible):has([value='closed:no_response']:checked)": {
            "border": "6px solid transparent", "outline": "1px dashed var(--gray-8)", "outline-offset": "-7px",
        },
        "button.score": {"position": "relative"},
        "button.score::after": _BEYOND,
        ".table button.score::after": {"inset": "-1px -7px -7px"},
        ".table tbody tr": {"grid-template-columns": "36px minmax(0, 1fr) auto"},
        ".table td.check, .table td.cell-stage, .table td.cell-score": {"overflow": "visible"},
        ".table .check label": {
            "position": "absolute", "inset": "0 auto 0 0", "width": "44px", "display": "grid", "place-items": "center",
        },
        ".topbar .switch a, .topbar .switch button": {"height": "44px"},
        ".action select.chip": {"width": "84px", "margin-right": "-6px"},
        ".where .over": {"width": "fit-content", "padding-right": "12px"},
        ".where .over::after": {**_BEYOND, "inset": "-16px 0 -10px"},
        ".section > header > a": {
            "display": "inline-flex", "align-items": "center", "justify-content": "flex-end", "min-width": "44px",
            "min-height": "44px", "margin-block": "-6px",
        },
        ".today .entry": {"position": "relative", "padding": "12px 0"},
        ".today .entry a::after": _WHOLE,
        ".stagebar a": {"min-height": "44px"},
        ".fact button": {"min-height": "44px"},
        ".unset button": {"min-height": "44px", "padding": "0 12px"},
        ".fact .icon-button": {"width": "44px"},
        ".fact [role=group]": {"display": "flex", "margin-left": "-12px"},
        ".fact .star": {"width": "44px", "flex": "0 1 auto", "min-width": "0", "min-height": "44px"},
        ".fact .follow": {"min-width": "44px", "height": "44px", "margin": "0 -10px 0 -8px"},
        "input[type=range]": {"min-height": "44px", "margin-block": "0"},
        ".ranked": {"position": "relative", "min-height": "44px"},
        ".ranked a::after": _WHOLE,
        ".ticks": {"row-gap": "0"},
        ".ticks label": {"min-height": "44px"},
        "summary, .more-asks > summary": {"padding-block": "13px", "margin-block": "-4px"},
        ".exports summary": {"height": "44px", "min-height": "44px", "min-width": "44px", "padding-block": "0", "margin-block": "0"},
        ".exports .sheet": {"top": "48px"},
        ".exports a": {"padding-block": "13px"},
        ".actions summary": {"padding-block": "0 10px", "margin-block": "0"},
        ".twin summary": {"margin-block": "-8px"},
        ".titles > .clip": {"position": "relative", "padding-block": "13px", "margin-block": "-13px"},
        ".titles > .clip > a": {"padding-block": "13px"},
        ".sections > p > a": {"padding-block": "12px", "margin-block": "-12px"},
        ".calendar-bar .icon-button": {"flex": "none"},
        ".bars-table tbody tr, .sheet-table tbody tr": {"position": "relative"},
        ".bars-table tbody th a, .sheet-table tbody th a": {"min-height": "36px", "line-height": "36px"},
        ".bars-table tbody th a::after, .sheet-table tbody th a::after": _WHOLE,
        ".chart-parts": {"margin-top": "-8px"},
        ".chart-parts a": {"min-height": "44px", "line-height": "44px"},
    },
}  # fmt: skip
