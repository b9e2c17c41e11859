"""What the first page of the day shows."""

from dataclasses import dataclass

from tracker.shapes.actions import ActionGroup
from tracker.shapes.interviews import InterviewItem
from tracker.shapes.timeline import Entry


@dataclass(frozen=True)
class StageCount:
    """How many applications stand in a stage."""

    stage: str
    label: str
    count: int


@dataclass(frozen=True)
class Week:
    """How many applications went out in one week; `height` is its share, in percent, of the tallest bar."""

    label: str
    exact: str
    count: int
    height: int
    is_this_week: bool
    reached_goal: bool


@dataclass(frozen=True)
class Rate:
    """A share of applications: `shown` is `42 %`, or `not enough yet` below five; `span` its 95 % interval."""

    shown: str
    n: int
    of: str
    span: str
    has_enough: bool
    percent: int | None = None


@dataclass(frozen=True)
class Dashboard:
    """Everything the first page shows."""

    is_empty: bool
    actions: list[ActionGroup]
    due: int
    has_actions: bool
    interviews: list[InterviewItem]
    stages: list[StageCount]
    most_in_a_stage: int
    weeks: list[Week]
    this_week: int
    goal: int
    goal_label: str
    response: Rate
    recent: list[Entry]
