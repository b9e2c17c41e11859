"""Imports: the questions about a file, its columns, and its rows."""

RULES = {
    ".page.importing": {"max-width": "960px", "display": "flex", "flex-direction": "column", "gap": "20px"},
    ".importing > [role]:empty": {"display": "none"},
    ".importing form > button": {"align-self": "flex-start"},
    ".importing .or": {"text-align": "center"},
    ".importing .section": {"display": "flex", "flex-direction": "column", "gap": "8px"},
    ".importing .switch": {"align-self": "flex-start", "flex-wrap": "wrap"},
    ".importing .pager": {"padding": "12px 0"},
    ".importing progress": {"width": "100%", "accent-color": "var(--accent-9)"},
    ".import-question legend": {"padding-bottom": "6px"},
    ".choice-cards": {"display": "grid", "grid-template-columns": "1fr 1fr", "gap": "8px"},
    ".choice-card": {
        "display": "flex", "flex-direction": "column", "gap": "2px", "padding": "10px 12px", "min-width": "0",
        "border": "1px solid var(--gray-6)", "border-radius": "var(--radius-card)",
    },
    ".choice-card:has(:checked)": {"border-color": "var(--accent-9)", "background": "var(--accent-2)"},
    ".mapped li": {
        "display": "grid", "grid-template-columns": "minmax(0, 1fr) 200px", "gap": "12px", "align-items": "center",
        "padding": "6px 0", "border-bottom": "1px solid var(--gray-3)",
    },
    ".mapped .titles": {"display": "flex", "flex-direction": "column", "min-width": "0"},
    ".line > .titles": {"min-width": "0"},
    ".table td[data-verdict=problem]": {"color": "var(--tomato-11)"},
    "@media (max-width: 767px)": {
        ".import-link": {"display": "none"},
        ".choice-cards": {"grid-template-columns": "1fr"},
        ".mapped li": {"grid-template-columns": "1fr"},
        ".mapped select": {"min-height": "44px"},
        ".table.checked tbody tr": {"grid-template-columns": "minmax(0, 1fr) auto"},
        ".table.checked td.cell-role": {"grid-column": "1"},
        ".table.checked td.cell-company": {"grid-column": "1 / 3", "white-space": "normal"},
        ".table.checked td.cell-stage": {"grid-column": "2", "grid-row": "1"},
        ".page.importing .keeping": {"bottom": "56px"},
    },
}  # fmt: skip
