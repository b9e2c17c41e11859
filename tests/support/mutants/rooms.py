"""The rooms whose code is mutated, and the tests that must notice."""

from pathlib import Path

from tracker.settings import CHECKOUT

SERVICES = "tracker/services"
ROOMS: dict[str, tuple[str, ...]] = {
    "priority": (f"{SERVICES}/priority",),
    "money": (
        f"{SERVICES}/salaries.py",
        f"{SERVICES}/currencies.py",
        f"{SERVICES}/comparable_salaries.py",
        f"{SERVICES}/applications/salary_fields.py",
    ),
    "figures": (f"{SERVICES}/figures",),
    "actions": (f"{SERVICES}/actions",),
    "undo": (f"{SERVICES}/undo",),
    "snapshots": (f"{SERVICES}/figures/snapshots.py",),
    "interviews": (f"{SERVICES}/interviews",),
    "applications": (f"{SERVICES}/applications",),
}
"""Packages and modules of each room; a module that two rooms name belongs to the one that names it alone."""
TESTS = (
    *(
        f"tests/services/{name}"
        for name in ("priority", "figures", "actions", "applications", "interviews", "undo")
    ),
    *(
        f"tests/services/test_{name}.py"
        for name in ("salaries", "currencies", "comparable_salaries", "dashboard", "timeline")
    ),
    "tests/services/contacts",
    "tests/services/letters/test_letter_undo.py",
    "tests/api/test_figures_as_files.py",
)
"""Tests of the rooms, and of what is built on them."""


def sources_of(room: str) -> list[Path]:
    """Return the modules of a room."""
    alone = {path for paths in ROOMS.values() for path in paths if path.endswith(".py")}
    paths: list[Path] = []
    for name in ROOMS[room]:
        path = CHECKOUT / name
        inside = [path] if path.is_file() else sorted(path.glob("*.py"))
        paths += [each for each in inside if path.is_file() or str(each.relative_to(CHECKOUT)) not in alone]
    return paths
