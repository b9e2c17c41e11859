"""First steps of a new user."""

from dataclasses import dataclass

from tracker.shapes.enumerations import LabelledEnum


class FirstStep(LabelledEnum):
    """First steps of a new user, each of which can be skipped."""

    RESUME = "resume"
    WISHES = "wishes"
    GOAL = "goal"
    SAMPLE = "sample"


@dataclass(frozen=True)
class FirstStepsSheet:
    """The steps that weren't skipped, and whether the sample data is here or on its way."""

    steps: list[str]
    has_sample: bool
    is_adding: bool
