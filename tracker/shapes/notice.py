"""The line that says what was done, and the answer to a press."""

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


@dataclass(frozen=True)
class Answer:
    """That the server has answered the press of a form or button with this key, and whether it was carried out."""

    id: str
    key: str
    is_kept: bool
