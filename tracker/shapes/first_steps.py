"""First steps of a new user."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FirstStepsSheet:
    """The steps that weren't skipped, and whether the sample data is here or on its way."""

    steps: list[str]
    has_sample: bool
    is_adding: bool
