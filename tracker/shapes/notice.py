"""The line that says what was done, and the answer to a press."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Page = TypeVar("Page", covariant=True)
Other = TypeVar("Other")


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


@dataclass(frozen=True)
class Done(Generic[Page]):
    """The result of an action: a message, the batch that undoes it, and the page as it is then.

    Without a message there is nothing to tell.
    """

    message: str
    batch: str
    page: Page

    def showing(self, page: Other) -> "Done[Other]":
        """Return the same with a page."""
        return Done(self.message, self.batch, page)
