"""Figures of the fastest open-source competitor, printed beside Pursuit's.

Measured in November 2026 with 10,000 applications and nothing else in its database, on another quiet machine with two cores.
"""

MEASURED = "November 2026"
ACTIONS_MS = {
    "open the list": 79,
    "next page": 41,
    "search, common word": 86,
    "search, rare word": 85,
    "change a stage in the list": 42,
    "open an application": 41,
    "change a stage on its page": 42,
    "open the dashboard": 164,
}
"""Median milliseconds of actions, by the names of `actions.py`."""
WAITS_MS = {
    "from a key in the search field to its rows": 428,
    "a cold list page with rows": 781,
    "a cold list page, largest contentful paint": 286,
}
"""Median milliseconds of waits in a browser, by the names of `browser.py`."""
PER_SECOND = {"next page": 37.4, "open the list": 20.2}
"""Answers per second with 50 clients, by the names of `concurrency.py`."""


def faster(rival_ms: float | None, ours_ms: float) -> str:
    """Return the rival's time and how many times it takes as long; empty without a figure."""
    return f"{rival_ms:g} ({rival_ms / ours_ms:.1f}×)" if rival_ms else ""


def more(rival_per_second: float | None, ours_per_second: float) -> str:
    """Return the rival's rate and how many times ours is as high; empty without a figure."""
    return f"{rival_per_second:g} ({ours_per_second / rival_per_second:.1f}×)" if rival_per_second else ""
