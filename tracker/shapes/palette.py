"""The command palette: pages, commands and search results."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.shapes.enumerations import Outcome, Stage


class Place(NamedTuple):
    """A page of the navigation with its icon."""

    name: str
    address: str
    icon: str


PLACES = (
    Place("Today", "/", "sun"),
    Place("Applications", "/applications", "list"),
    Place("Interviews", "/interviews", "calendar"),
    Place("Priorities", "/priorities", "list-ordered"),
    Place("Contacts", "/contacts", "users"),
    Place("Profile", "/profile", "id-card"),
    Place("Analytics", "/analytics", "chart-no-axes-column"),
    Place("Settings", "/settings", "settings"),
)
"""The pages of the navigation, in its order; the palette goes to each by name."""
GENERAL_COMMANDS = (
    "Add application",
    "Add contact",
    "Import applications",
    "Schedule an interview",
    "Show keyboard shortcuts",
    "Sign out",
    "Switch between light and dark",
    "Undo",
)
ON_AN_APPLICATION = (
    *(f"Move to {stage.label}" for stage in Stage if stage is not Stage.CLOSED),
    *(f"Close as {outcome.label.lower()}" for outcome in Outcome),
    "Log a follow-up",
    "Schedule an interview for this application",
    "Link a contact",
    "Delete application",
)
ON_THE_INTERVIEWS = ("Import invitation",)
ON_AN_INTERVIEW = (
    "Mark done",
    "Move to another time",
    "Cancel interview",
    "Mark as a no-show",
    "Reopen interview",
    "Delete interview",
)
ON_A_CONTACT = ("Link an application", "Delete contact")
ON_THE_LIST = ("Show as a table", "Show as a board", "Clear filters", "Select all on this page")
ON_THE_PROFILE = (
    "Add position",
    "Import a resume",
    "Edit the headline and languages",
    "Show by position",
    "Show by skill",
)
COMMANDS = tuple(
    dict.fromkeys(
        (
            *(place.name for place in PLACES),
            *GENERAL_COMMANDS,
            *ON_AN_APPLICATION,
            *ON_THE_INTERVIEWS,
            *ON_AN_INTERVIEW,
            *ON_A_CONTACT,
            *ON_THE_LIST,
            *ON_THE_PROFILE,
        )
    )
)
"""All commands that the palette offers on any page."""


@dataclass(frozen=True)
class PaletteItem:
    """A search result with its address."""

    id: str
    kind: str
    title: str
    detail: str
    mark: str
    tint: str
    address: str


@dataclass(frozen=True)
class PaletteResults:
    """Matching applications, contacts and interviews; the most recent ones without a search text."""

    applications: list[PaletteItem] = field(default_factory=list)
    contacts: list[PaletteItem] = field(default_factory=list)
    interviews: list[PaletteItem] = field(default_factory=list)
    commands: list[str] = field(default_factory=lambda: list(COMMANDS))
    is_empty: bool = True
