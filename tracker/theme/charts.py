"""The charts: their colours are the stages' and the outcomes' own; axes are hairlines, names stand beside what they name."""

from tracker.theme.tokens import OUTCOMES, STAGES

_TONES = {**{name: scale for name, scale in STAGES.items() if name != "closed"}, **OUTCOMES, "open": "blue"}

RULES = {
    "figure": {"margin": "0"},
    ".analytics": {"gap": "36px", "max-width": "1200px"},
    ".analytics .figure": {"color": "var(--gray-12)", "min-width": "180px"},
    ".analytics .figure:hover": {"text-decoration": "none"},
    ".analytics .figure:hover .value": {"color": "var(--accent-11)"},
    ".analytics-filters .role": {"width": "140px"},
    ".charts": {"display": "grid", "grid-template-columns": "repeat(2, minmax(0, 1fr))", "gap": "36px 40px"},
    ".chart": {"display": "flex", "flex-direction": "column", "gap": "8px", "min-width": "0"},
    ".chart > .quiet": {"padding": "8px 0"},
    **{
        f"[data-tone={name}]": {"--tone": f"var(--{scale}-9)", "--wash": f"var(--{scale}-5)"}
        for name, scale in _TONES.items()
    },
    ".sankey": {"width": "100%", "height": "auto", "overflow": "visible"},
    ".sankey text": {"font": "500 13px/1 var(--font)", "fill": "var(--gray-12)"},
    ".sankey .number": {"fill": "var(--gray-11)", "font-variant-numeric": "tabular-nums"},
    ".node rect": {"fill": "var(--tone)"},
    ".ribbon path": {"fill": "var(--wash)", "fill-opacity": "0.7", "transition": "fill-opacity var(--quick)"},
    ".ribbon:hover path, .ribbon:focus-visible path": {"fill-opacity": "1"},
    ".only-narrow": {"display": "none"},
    ".plot": {
        "display": "grid", "grid-template-columns": "52px minmax(0, 1fr)", "grid-template-rows": "180px 20px",
        "column-gap": "8px", "padding-top": "10px", "font": "var(--dense)", "color": "var(--gray-11)",
        "font-variant-numeric": "tabular-nums",
    },
    ".plot.short": {"grid-template-rows": "140px 20px"},
    ".plot svg": {"width": "100%", "height": "100%", "overflow": "visible", "border-bottom": "1px solid var(--gray-6)"},
    ".plot, .heat-map": {"overflow-x": "clip", "overflow-clip-margin": "8px"},
    ".side": {"position": "relative"},
    ".side span": {"position": "absolute", "right": "0", "transform": "translateY(-50%)", "white-space": "nowrap"},
    ".side .top": {"top": "0"},
    ".side .middle": {"top": "50%"},
    ".side .foot": {"top": "100%"},
    ".below": {"position": "relative", "grid-column": "2", "height": "20px"},
    ".below span": {"position": "absolute", "white-space": "nowrap", "top": "2px"},
    ".plot path, .plot line": {"vector-effect": "non-scaling-stroke", "fill": "none"},
    ".plot .curve": {"stroke": "var(--accent-9)", "stroke-width": "2"},
    ".plot .band": {"fill": "var(--accent-4)", "stroke": "none"},
    ".plot .grid": {"stroke": "var(--gray-4)"},
    ".plot .goal": {"stroke": "var(--gray-9)", "stroke-dasharray": "4 3"},
    ".plot .bar rect": {"fill": "var(--blue-7)"},
    ".plot .bar.met rect": {"fill": "var(--blue-9)"},
    ".plot .bar:hover rect": {"fill": "var(--blue-10)"},
    ".heat": {"width": "100%", "height": "auto"},
    ".heat-map": {"font": "var(--dense)", "color": "var(--gray-11)", "max-width": "960px"},
    ".heat rect": {"fill": "var(--gray-3)"},
    **{f".heat rect[data-level='{level}']": {"fill": f"var(--green-{step})"} for level, step in zip(range(1, 5), (5, 7, 9, 11), strict=True)},
    ".heat a:hover rect, .heat a:focus-visible rect": {"stroke": "var(--gray-12)", "stroke-width": "1"},
    ".bars-table, .sheet-table": {"border-collapse": "collapse", "font": "var(--dense)", "width": "100%", "font-variant-numeric": "tabular-nums"},
    ".bars-table th, .bars-table td, .sheet-table th, .sheet-table td": {
        "text-align": "right", "font-weight": "400", "padding": "4px 0 4px 12px", "white-space": "nowrap",
    },
    ".bars-table thead th, .sheet-table thead th": {"color": "var(--gray-11)"},
    ".bars-table tr > :first-child, .sheet-table tr > :first-child": {"text-align": "left", "padding-left": "0"},
    ".bars-table tbody th a": {"color": "var(--gray-12)", "display": "inline-block", "min-height": "24px", "line-height": "24px"},
    ".bars-table .bar-cell": {"width": "34%", "text-align": "left"},
    ".bars-table .fill": {
        "display": "block", "height": "8px", "border-radius": "4px", "background": "var(--tone, var(--accent-8))",
    },
    ".sheet-table td, .sheet-table tbody th": {"border-top": "1px solid var(--gray-3)"},
    ".scrolls": {"overflow": "auto", "max-height": "320px"},
    ".twin summary": {"cursor": "pointer", "color": "var(--gray-11)", "width": "fit-content", "min-height": "24px"},
    ".day-field": {"height": "28px", "font": "var(--dense)"},
    "@media (max-width: 1023px)": {".charts": {"grid-template-columns": "minmax(0, 1fr)"}},
    "@media (max-width: 767px)": {
        ".only-wide": {"display": "none"},
        ".only-narrow": {"display": "block"},
        ".bars-table .bar-cell": {"width": "16%"},
        ".bars-table th, .bars-table td": {"white-space": "normal", "padding-left": "8px"},
        ".bars-table tbody th a": {"min-height": "32px", "line-height": "32px"},
    },
}  # fmt: skip
