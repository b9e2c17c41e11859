"""The analytics page: each figure as a table, and as a chart where one helps."""

from dataclasses import dataclass, field

from tracker.shapes.charts import Curve, Heat, Sankey, Tick
from tracker.shapes.figures import NamedRate


@dataclass(frozen=True)
class TableRow:
    """A row of a figure: its cells as text, its bar's length in percent, and the address of its list."""

    label: str
    cells: list[str]
    address: str = ""
    share: float = 0
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """A figure as a table; `summary` describes it in a sentence, and `csv` is its download address.

    `parts` are the names and list addresses of the chart's parts, for charts without clickable areas.
    """

    name: str
    title: str
    summary: str
    csv: str
    heads: list[str]
    rows: list[TableRow] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=list)


NO_TABLE = Table("", "", "", "", [])


@dataclass(frozen=True)
class Analytics:
    """The contents of the analytics page."""

    is_empty: bool
    is_none_selected: bool
    counted: str
    rates: list[NamedRate]
    rates_csv: str
    flow: Table
    sankey: Sankey
    funnel: Table
    weeks: Table
    bars: list[list[str]]
    bar_ticks: list[Tick]
    goal: list[Tick]
    breakdowns: list[Table]
    stays: Table
    waiting: Table
    has_waiting: bool
    curve: Curve
    behind_a_day: str
    activity: Table = NO_TABLE
    heat: Heat = field(default_factory=Heat)
    standing: Table = NO_TABLE
    day: str = ""
