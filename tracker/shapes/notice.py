"""The line that says what was done."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """What was done, in words; `batch` names the action when it can be undone."""

    id: str
    message: str
    batch: str = ""
    is_trouble: bool = False
    offers_reload: bool = False
    """Whether to load the page again is what helps."""
