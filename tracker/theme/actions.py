"""Next actions and upcoming interviews; an action's buttons are at the right, on phones below it."""

RULES = {
    ".action": {"padding": "8px"},
    ".action .verb": {"font-weight": "600"},
    ".action .buttons": {"flex": "none"},
    ".action select.chip": {"width": "72px"},
    ".actions summary": {"cursor": "pointer", "list-style-position": "outside", "margin-left": "16px"},
    ".actions summary h3": {"display": "inline-flex"},
    ".actions .group-head": {"justify-content": "space-between", "align-items": "baseline"},
    ".action .icon-button": {"height": "24px", "width": "24px"},
    ".badge": {
        "margin-left": "auto", "min-width": "20px", "padding": "0 6px", "border-radius": "10px", "text-align": "center",
        "font": "600 11px/20px var(--font)", "font-variant-numeric": "tabular-nums", "background": "var(--gray-4)",
        "color": "var(--gray-12)",
    },
    ".bottombar .badge": {"position": "absolute", "margin": "-8px 0 0 30px", "line-height": "16px"},
    ".reminders:not(:empty)": {"border-bottom": "var(--hairline)"},
    ".reminder": {
        "display": "flex", "align-items": "center", "gap": "8px", "min-height": "36px", "padding": "4px 20px",
        "background": "var(--amber-3)", "color": "var(--amber-12)", "font": "var(--dense)",
    },
    ".reminder svg": {"flex": "none"},
    ".reminder .when": {"font-weight": "600"},
    ".reminder a:not(.button)": {"color": "inherit", "text-decoration": "underline", "text-underline-offset": "3px"},
    "@media (max-width: 767px)": {
        ".reminder": {"padding": "4px 12px", "flex-wrap": "wrap"},
        ".action": {"display": "grid", "grid-template-columns": "minmax(0, 1fr)", "align-items": "start"},
        ".action .what .row": {"flex-wrap": "wrap", "gap": "0 8px"},
        ".action .buttons": {"justify-content": "flex-start"},
        ".action .buttons > *": {"margin": "0"},
        ".action .icon-button": {"height": "44px", "width": "44px"},
        ".action select.chip": {"margin-left": "auto"},
    },
}  # fmt: skip
