"""Pursuit as it is served, and a window on which tabs it knows: for tests that ask what is left of a tab."""

from tracker.framework.tabs import tabs
from tracker.tracker import app

routes = app.api_transformer[0]  # type: ignore[index]


@routes.get("/livez/tabs")
async def known() -> dict[str, int]:
    """The open tabs that follow changes, and how many of them are being told of one."""
    return {"open": len(tabs), "told": sum(tab.telling is not None for tab in tabs)}


__all__ = ["app"]
