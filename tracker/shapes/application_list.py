"""The list of applications: the view of a tab, and its rows."""

from dataclasses import dataclass, field

from tracker.shapes.applications import ApplicationPage, Column
from tracker.shapes.filters import Filters


@dataclass(frozen=True)
class ListView:
    """The view of a tab: filters, the table's cursor, and number of cards by stage."""

    filters: Filters
    after: str = ""
    expanded: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ListPage:
    """The rows of a view: the table's page, the board's columns, and the figure behind them."""

    behind: str
    page: ApplicationPage
    columns: dict[str, Column]


@dataclass(frozen=True)
class Offers:
    """The sources and tags that the filters offer."""

    sources: list[str]
    tags: list[str]
