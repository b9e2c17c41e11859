"""Practising for an interview: the question at hand, and the list it comes from."""

RULES = {
    ".drill": {
        "display": "flex", "flex-direction": "column", "gap": "12px", "padding": "16px", "border": "var(--hairline)",
        "border-radius": "var(--radius-card)", "background": "var(--gray-2)",
    },
    ".drill > header": {"display": "flex", "gap": "8px", "align-items": "baseline"},
    ".drill .asked": {"font": "500 var(--lead)"},
    ".drill .recalls": {"display": "flex", "gap": "8px", "flex-wrap": "wrap", "align-items": "center"},
    ".question": {
        "display": "grid", "grid-template-columns": "24px minmax(0, 1fr) auto", "gap": "2px 8px", "padding": "10px 0",
        "border-bottom": "var(--hairline)", "align-items": "start",
    },
    ".question > .asked": {"font": "500 var(--body)"},
    ".question > .icon-button": {"margin": "-4px 0", "align-self": "start"},
    ".question > .body": {"grid-column": "2 / -1", "display": "flex", "flex-direction": "column", "gap": "6px"},
    ".question .prose": {"font": "var(--body)"},
    ".question input[type=checkbox]": {"margin-top": "4px"},
    ".suggestion": {"display": "grid", "grid-template-columns": "minmax(0, 1fr) auto", "gap": "2px 8px", "padding": "8px 0"},
    ".suggestion .small": {"grid-column": "1 / -1"},
    ".suggestions": {"font": "var(--dense)"},
    "@media (max-width: 767px)": {".question": {"grid-template-columns": "32px minmax(0, 1fr) auto"}},
    "@media print": {
        ".drill, .suggestions, .question form": {"display": "none !important"},
        ".question": {"break-inside": "avoid"},
    },
}  # fmt: skip
