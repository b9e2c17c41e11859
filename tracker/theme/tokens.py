"""Design tokens: scales, space, type, radius and layers, by their CSS names."""

ACCENT, GRAY = "iris", "slate"
STAGES = {
    "saved": GRAY,
    "applied": "blue",
    "screening": "cyan",
    "interviewing": "violet",
    "offer": "amber",
    "closed": GRAY,
}
OUTCOMES = {
    "accepted": "green",
    "declined": GRAY,
    "rejected": "tomato",
    "withdrawn": GRAY,
    "no_response": GRAY,
    "expired": GRAY,
}


def scale_tokens(scales: dict[str, str]) -> dict[str, str]:
    """Each step of each scale as a token, the gray and the accent under their roles' names as well."""
    named = {**scales, "gray": scales[GRAY], "accent": scales[ACCENT]}
    return {
        f"--{name}-{step}": colour
        for name, steps in named.items()
        for step, colour in enumerate(steps.split(), start=1)
    }


FONTS = {"latin": "/fonts/inter-latin.woff2", "latin-ext": "/fonts/inter-latin-ext.woff2"}

COLUMN_WIDTHS = {
    "applications": "132px",
    "stage": "136px",
    "score": "84px",
    "workplace": "92px",
    "salary": "112px",
    "excitement": "100px",
    "applied": "104px",
    "touched": "104px",
}
"""Columns of tables whose words have a known length."""

TOKENS = {
    "--paper": "var(--gray-1)",
    "--on-accent": "white",
    "--font": "'Inter', 'Inter stand-in', system-ui, sans-serif",
    "--dense": "13px/18px var(--font)",
    "--body": "14px/20px var(--font)",
    "--lead": "16px/24px var(--font)",
    "--head": "20px/28px var(--font)",
    "--figure": "28px/34px var(--font)",
    "--radius": "6px",
    "--radius-card": "8px",
    "--radius-dialog": "12px",
    "--hairline": "1px solid var(--gray-4)",
    "--quick": "140ms cubic-bezier(0.2, 0, 0, 1)",
    "--shadow": "0 8px 32px rgb(0 0 0 / 0.16), 0 1px 4px rgb(0 0 0 / 0.08)",
    "--over": "10",
    "--above": "20",
    "--top": "30",
}
