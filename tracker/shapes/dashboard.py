"""The Today page."""

from dataclasses import dataclass

from tracker.shapes.actions import ActionGroup
from tracker.shapes.interviews import InterviewItem
from tracker.shapes.timeline import Entry


@dataclass(frozen=True)
class StageCount:
    """The number of applications in a stage."""

    stage: str
    label: str
    count: int


@dataclass(frozen=True)
class Week:
    """The applications sent in a week; `height` is its bar's height in percent of the tallest."""

    label: str
    exact: str
    count: int
    height: int
    is_this_week: bool
    reached_goal: bool


@dataclass(frozen=True)
class Rate:
    """A share of applications.

    `shown` is `42 %`, or `not enough yet` below five; `span` is the 95 % interval.
    """

    shown: str
    n: int
    of: str
    span: str
    has_enough: bool


@dataclass(frozen=True)
class Dashboard:
    """The contents of the Today page."""

    is_empty: bool
    first: ActionGroup | None
    actions: list[ActionGroup]
    tidy: list[ActionGroup]
    tidy_count: int
    has_actions: bool
    interviews: list[InterviewItem]
    stages: list[StageCount]
    most_in_a_stage: int
    weeks: list[Week]
    this_week: int
    goal: int
    response: Rate
    recent: list[Entry]
