"""Pursuit as in production, with a route that counts its tabs."""

from tracker.framework.tabs import tabs
from tracker.tracker import app

routes = app.api_transformer[0]  # type: ignore[index]


@routes.get("/livez/tabs")
async def tab_counts() -> dict[str, int]:
    """Return the number of open tabs that follow changes, and of those being notified."""
    return {"open": len(tabs), "delivering": sum(tab.delivery is not None for tab in tabs)}


__all__ = ["app"]
