"""Wide screens: pages use the whole width, while texts keep a width that can be read."""

RULES = {
    "@media (min-width: 1800px)": {
        ".page": {"max-width": "1800px"},
        ".two, .two.person": {"grid-template-columns": "minmax(0, 1fr) 460px"},
        ".agenda": {"max-width": "none"},
        ".meeting-line": {"grid-template-columns": "184px 24px minmax(0, 3fr) minmax(0, 2fr) 116px"},
        ".analytics": {
            "display": "grid", "grid-template-columns": "repeat(2, minmax(0, 1fr))", "gap": "36px 40px", "max-width": "1800px",
        },
        ".analytics > :is(:first-child, .charts, :last-child)": {"grid-column": "1 / -1"},
        ".charts": {"grid-template-columns": "repeat(3, minmax(0, 1fr))"},
        # The last row takes the rest of the form's height, so that no gaps come between the sections beside it.
        ".page.settings": {
            "display": "grid", "grid-template-columns": "repeat(2, minmax(0, 640px))", "align-items": "start",
            "grid-template-rows": "repeat(5, auto) 1fr", "gap": "32px 64px", "max-width": "1800px",
        },
        ".settings > .settings-form": {"grid-row": "1 / span 6"},
        ".page.profile": {"max-width": "1040px"},
    },
}  # fmt: skip
