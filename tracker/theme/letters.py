"""A letter and what is marked in it: the mark is an underline and a number, so that colour is never alone."""

RULES = {
    ".letter": {"white-space": "pre-wrap", "overflow-wrap": "anywhere", "max-width": "72ch", "font": "var(--body)"},
    ".letter mark": {
        "background": "var(--amber-3)", "color": "var(--amber-12)", "text-decoration": "underline wavy var(--amber-9)",
        "text-underline-offset": "3px",
    },
    ".letter sup": {"font": "600 10px/1 var(--font)", "padding-left": "2px", "vertical-align": "super"},
    ".marked-line": {
        "display": "grid", "grid-template-columns": "24px minmax(0, 1fr) auto", "gap": "4px 8px", "padding": "6px 0",
        "align-items": "center", "border-bottom": "var(--hairline)",
    },
    ".why-marked": {"display": "flex", "flex-direction": "column"},
    "@media (max-width: 767px)": {
        ".marked-line": {"grid-template-columns": "24px minmax(0, 1fr)"},
        ".marked-line .row": {"grid-column": "2"},
    },
    "@media print": {".marked-line": {"display": "none"}, ".letter mark": {"background": "none", "text-decoration": "none"}, ".letter sup": {"display": "none"}},
}  # fmt: skip
