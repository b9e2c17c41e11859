"""Requirements of a posting: the coverage, and each requirement with its support."""

RULES = {
    ".covered": {"display": "flex", "gap": "8px 16px", "flex-wrap": "wrap", "align-items": "baseline"},
    ".covered .value": {
        "font": "600 var(--figure)", "font-variant-numeric": "tabular-nums", "letter-spacing": "-0.02em",
    },
    ".covered .musts": {"flex": "1 1 240px", "min-width": "0", "overflow-wrap": "anywhere"},
    ".asks": {"display": "flex", "flex-direction": "column"},
    ".ask": {
        "display": "grid", "grid-template-columns": "16px minmax(0, 1fr)", "gap": "10px", "padding": "8px 0",
        "border-bottom": "1px solid var(--gray-3)",
    },
    ".ask > svg": {"margin-top": "2px", "color": "var(--gray-11)"},
    ".ask[data-met=true] > svg": {"color": "var(--green-11)"},
    ".ask .what": {"display": "flex", "flex-wrap": "wrap", "gap": "2px 8px", "align-items": "center"},
    ".ask strong": {"font-weight": "500", "overflow-wrap": "anywhere"},
    ".ask .said": {"display": "flex", "flex-direction": "column", "gap": "2px", "min-width": "0", "overflow-wrap": "anywhere"},
    ".ask q": {"color": "var(--gray-11)", "font": "var(--dense)"},
    ".backing": {"display": "flex", "flex-direction": "column", "gap": "2px", "font": "var(--dense)"},
    ".backing li": {"padding-left": "10px", "border-left": "2px solid var(--gray-5)"},
    ".more-asks > summary": {"padding": "10px 0"},
}  # fmt: skip
