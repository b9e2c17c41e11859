"""Print styles: black on white, without controls."""

from tracker.theme.scales import LIGHT
from tracker.theme.tokens import scale_tokens

RULES = {
    "@media print": {
        "@page": {"margin": "16mm"},
        ":root, html.dark": {**scale_tokens(LIGHT), "color-scheme": "light"},
        "html, body": {"background": "#fff"},
        ".sidebar, .bottombar, .unset, .notices, .skip, .offline, dialog, .tabs, .filters, .pager, .bulk, .switch, .calendar-bar a,"
        ".topbar .button, .headline .button, .headline .wrap, button, .stage-strip, .star[aria-pressed=false],"
        ".fact:has(button > .quiet)": {"display": "none !important"},
        ".shell, .content": {"display": "block", "height": "auto", "overflow": "visible"},
        ".topbar": {"position": "static", "border": "0"},
        ".page": {"padding": "0", "max-width": "none"},
        ".headline": {"padding": "0 0 12px", "position": "static"},
        ".page.two": {"display": "grid", "grid-template-columns": "minmax(0, 1fr) 68mm", "gap": "8mm"},
        ".rail": {"margin": "0", "padding": "0 0 0 5mm", "border-left": "1px solid var(--gray-6)"},
        ".fact button:not(.icon-button):not([aria-pressed=false])": {
            "display": "inline-flex !important", "padding": "0", "min-height": "0",
        },
        ".fact": {"grid-template-columns": "26mm minmax(0, 1fr)"},
        "::placeholder": {"color": "transparent"},
        ".fact .follow": {"display": "none"},
        "select.chip": {"appearance": "none", "padding": "0 8px", "border": "1px solid var(--gray-6)"},
        ".fact, .entry, .line, .meeting-line, .card, .block": {"break-inside": "avoid"},
        "h2, h3": {"break-after": "avoid"},
        ".prose a[href^=http]::after": {"content": "' (' attr(href) ')'", "color": "var(--gray-11)"},
        ".clip": {"white-space": "normal", "overflow": "visible"},
    },
}  # fmt: skip
