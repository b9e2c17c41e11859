"""The board: columns of cards; one stage at a time on a phone."""

RULES = {
    ".board": {
        "display": "grid", "grid-auto-flow": "column", "grid-auto-columns": "minmax(216px, 280px)", "gap": "12px",
        "padding": "12px 20px", "overflow-x": "auto", "align-items": "start", "flex": "1", "min-height": "0",
    },
    ".board::after": {
        "content": "''", "position": "sticky", "right": "-20px", "z-index": "3", "width": "40px", "margin": "0 -20px 0 -32px",
        "align-self": "stretch", "background": "linear-gradient(to right, transparent, var(--paper))",
        "pointer-events": "none",
    },
    ".content:has(.board)": {"height": "100dvh"},
    ".column": {
        "display": "flex", "flex-direction": "column", "gap": "8px", "min-height": "160px", "padding": "8px",
        "border-radius": "var(--radius-card)", "background": "var(--gray-2)", "max-height": "100%",
        "overflow-y": "auto",
    },
    ".column h2": {
        "display": "flex", "align-items": "center", "gap": "8px", "padding": "2px 4px", "min-height": "28px",
        "position": "sticky", "top": "-8px", "z-index": "2", "background": "var(--gray-2)", "flex": "none",
    },
    ".column .count": {"color": "var(--gray-11)", "font": "var(--dense)", "font-variant-numeric": "tabular-nums"},
    ".column .cards": {"display": "flex", "flex-direction": "column", "gap": "8px", "min-height": "96px"},
    ".card": {
        "position": "relative", "display": "flex", "flex-direction": "column", "gap": "4px", "padding": "10px",
        "background": "var(--paper)", "border": "1px solid var(--gray-5)", "border-radius": "var(--radius-card)",
        "font": "var(--dense)", "cursor": "grab", "min-width": "0",
    },
    "html.dark .card": {"background": "var(--gray-3)"},
    ".card:hover": {"border-color": "var(--gray-8)"},
    ".card:active": {"cursor": "grabbing"},
    ".card[data-dragged]": {"opacity": "0.4"},
    ".column[data-over]": {"box-shadow": "inset 0 0 0 2px var(--accent-8)"},
    ".card .opens": {"font": "500 var(--body)", "overflow-wrap": "anywhere"},
    ".card .foot": {"display": "flex", "align-items": "center", "gap": "8px", "margin-top": "4px", "color": "var(--gray-11)"},
    ".card .over": {"position": "relative", "z-index": "1"},
    ".card select.chip": {"max-width": "120px"},
    ".move-menu": {
        "position": "relative", "z-index": "1", "display": "grid", "place-items": "center", "width": "28px", "height": "28px",
        "margin": "-4px -6px -4px auto", "border-radius": "var(--radius)",
    },
    ".move-menu:hover": {"background": "var(--gray-4)", "color": "var(--gray-12)"},
    ".move-menu:has(:focus-visible)": {"outline": "2px solid var(--accent-9)", "outline-offset": "1px"},
    ".move-menu select": {
        "position": "absolute", "inset": "0", "width": "100%", "height": "100%", "opacity": "0", "cursor": "pointer",
    },
    ".move-menu option": {"background": "var(--paper)", "color": "var(--gray-12)"},
    ".stage-strip": {"display": "none"},
    "@media (max-width: 767px)": {
        ".stage-strip": {
            "display": "flex", "gap": "4px", "overflow-x": "auto", "padding": "8px 12px",
            "border-bottom": "var(--hairline)", "scroll-snap-type": "x proximity",
        },
        ".stage-strip a": {
            "flex": "none", "display": "flex", "align-items": "center", "gap": "6px", "min-height": "44px",
            "padding": "0 12px", "border-radius": "var(--radius)", "color": "var(--gray-11)",
            "font": "500 var(--dense)", "scroll-snap-align": "start",
        },
        ".board": {
            "grid-auto-columns": "100%", "padding": "12px", "scroll-snap-type": "x mandatory",
            "scroll-padding": "12px",
        },
        ".column": {"scroll-snap-align": "start", "max-height": "none", "overflow": "visible"},
        ".content:has(.board)": {"height": "auto"},
        ".card select.chip": {"max-width": "none"},
        ".board::after": {"content": "none"},
        ".move-menu": {"width": "44px", "height": "44px", "margin": "-12px -10px -10px auto"},
    },
}  # fmt: skip
