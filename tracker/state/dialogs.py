"""Opening a dialog after what it shows was loaded."""

from typing import Any

import reflex as rx


def shown(dialog: str) -> Any:
    """Show a dialog once what it holds has been drawn, with its first field in focus."""
    return rx.call_script(
        f"requestAnimationFrame(() => requestAnimationFrame(() => {{ const box = document.getElementById('{dialog}');"
        " if (!box.open) box.showModal(); box.querySelector('[data-first]')?.focus(); }))"
    )
