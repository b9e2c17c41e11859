"""Dialogs, sheets on a phone, and the palette."""

RULES = {
    "dialog": {
        "border": "1px solid var(--gray-6)", "border-radius": "var(--radius-dialog)", "padding": "0",
        "background": "var(--paper)", "color": "var(--gray-12)", "box-shadow": "var(--shadow)",
        "width": "min(560px, calc(100vw - 32px))", "max-height": "min(86dvh, 900px)", "margin": "8dvh auto auto",
    },
    "dialog.broad": {"width": "min(760px, calc(100vw - 32px))"},
    "dialog::backdrop": {"background": "rgb(0 0 0 / 0.32)"},
    "dialog[open]": {"display": "flex", "flex-direction": "column", "animation": "arrive var(--quick)"},
    "@keyframes arrive": {"from": {"opacity": "0", "transform": "translateY(4px)"}},
    "dialog form": {"display": "flex", "flex-direction": "column", "min-height": "0"},
    "dialog header": {"display": "flex", "align-items": "center", "gap": "8px", "padding": "14px 20px 8px"},
    "dialog header h2": {"font": "600 var(--lead)"},
    "dialog header button": {"margin-left": "auto"},
    "dialog .inside": {"padding": "4px 20px 16px", "overflow-y": "auto", "display": "flex", "flex-direction": "column", "gap": "12px"},
    "dialog footer": {
        "display": "flex", "justify-content": "flex-end", "gap": "8px", "padding": "12px 20px", "flex-wrap": "wrap",
        "border-top": "var(--hairline)",
    },
    "summary": {"cursor": "pointer", "font": "500 var(--dense)", "color": "var(--accent-11)", "min-height": "24px"},
    "details[open] > summary": {"margin-bottom": "12px"},
    ".warning": {
        "padding": "8px 12px", "border-radius": "var(--radius)", "background": "var(--amber-3)",
        "color": "var(--amber-12)", "font": "var(--dense)",
    },
    ".warning a": {"color": "var(--amber-12)", "text-decoration": "underline"},
    "dialog.palette": {"margin-top": "12dvh", "width": "min(600px, calc(100vw - 32px))"},
    ".palette input": {
        "width": "100%", "height": "48px", "border": "0", "border-bottom": "var(--hairline)", "border-radius": "0",
        "padding": "0 16px", "font": "var(--lead)",
    },
    ".palette input:focus-visible": {"outline": "none", "border-bottom-color": "var(--accent-9)"},
    ".palette .results": {"overflow-y": "auto", "padding": "6px", "max-height": "60dvh"},
    ".palette .group": {"font": "500 var(--dense)", "color": "var(--gray-11)", "padding": "8px 10px 4px"},
    ".palette .result": {
        "display": "flex", "align-items": "center", "gap": "10px", "min-height": "36px", "padding": "0 10px",
        "border-radius": "var(--radius)", "color": "var(--gray-12)", "width": "100%", "border": "0",
        "background": "transparent", "font": "var(--body)", "justify-content": "flex-start",
    },
    ".palette [data-words]::after": {"content": "attr(data-words)", "white-space": "pre"},
    ".palette .result[hidden], .palette .part:not(:has(.result:not([hidden])))": {"display": "none"},
    ".palette .result:hover, .palette .result:focus": {
        "background": "var(--accent-3)", "outline": "none", "text-decoration": "none",
    },
    ".palette .result:focus-visible": {"outline": "2px solid var(--accent-9)", "outline-offset": "-2px"},
    ".shortcuts": {"display": "grid", "grid-template-columns": "auto 1fr", "gap": "8px 16px", "align-items": "center"},
    "@media (max-width: 767px)": {
        "dialog": {
            "width": "100vw", "max-width": "100vw", "height": "100dvh", "max-height": "100dvh", "margin": "0",
            "border": "0", "border-radius": "0",
        },
        "dialog.broad, dialog.palette": {"width": "100vw", "margin": "0"},
        "dialog form": {"flex": "1"},
        "dialog footer": {"margin-top": "auto"},
    },
}  # fmt: skip
