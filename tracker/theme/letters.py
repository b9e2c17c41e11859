"""Letters and their highlighted claims, marked by underline and number as well as colour."""

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
    ".comparing": {"padding-top": "8px"},
    ".compared": {"border-top": "var(--hairline)", "padding-top": "12px", "margin-top": "4px", "max-width": "100%"},
    ".compared .field select": {"width": "auto", "max-width": "100%", "align-self": "flex-start"},
    ".two-versions": {"display": "grid", "grid-template-columns": "minmax(0, 1fr) minmax(0, 1fr)", "gap": "4px 24px", "padding": "8px 0"},
    ".two-versions + .two-versions": {"border-top": "var(--hairline)"},
    ".two-versions.names": {"border-bottom": "1px solid var(--gray-7)"},
    ".two-versions.same": {"color": "var(--gray-11)"},
    ".version-side": {"display": "flex", "gap": "8px", "align-items": "flex-start", "min-width": "0"},
    ".version-name": {"display": "flex", "flex-direction": "column", "min-width": "0"},
    ".two-versions .whose": {"position": "absolute", "clip-path": "inset(50%)", "width": "1px", "height": "1px", "overflow": "hidden"},
    ".letter del": {
        "background": "var(--tomato-3)", "color": "var(--tomato-12)", "text-decoration": "line-through 1.5px var(--tomato-11)",
        "box-decoration-break": "clone", "-webkit-box-decoration-break": "clone", "border-radius": "2px",
    },
    ".letter ins": {
        "background": "var(--green-3)", "color": "var(--green-12)", "text-decoration": "underline 2px var(--green-11)",
        "text-underline-offset": "3px", "box-decoration-break": "clone", "-webkit-box-decoration-break": "clone", "border-radius": "2px",
    },
    "@media (max-width: 767px)": {
        ".two-versions": {"grid-template-columns": "minmax(0, 1fr)", "gap": "8px"},
        ".two-versions .again": {"display": "none"},
        ".two-versions .whose": {
            "position": "static", "clip-path": "none", "width": "auto", "height": "auto", "display": "block",
            "font": "500 var(--dense)", "color": "var(--gray-11)",
        },
        ".marked-line": {"grid-template-columns": "24px minmax(0, 1fr)"},
        ".marked-line .row": {"grid-column": "2"},
    },
    "@media print": {".marked-line, .comparing, .compared": {"display": "none"}, ".letter mark": {"background": "none", "text-decoration": "none"}, ".letter sup": {"display": "none"}},
}  # fmt: skip
