"""Notices, and the results of submissions."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Page_co = TypeVar("Page_co", covariant=True)
Other = TypeVar("Other")


@dataclass(frozen=True)
class Notice:
    """A message about an action; `batch` identifies the action if it can be undone."""

    id: str
    message: str
    batch: str = ""
    is_trouble: bool = False
    offers_reload: bool = False
    """True if reloading the page helps."""


@dataclass(frozen=True)
class Answer:
    """The server's acknowledgement of a submission with this key, and whether it was accepted."""

    id: str
    key: str
    is_kept: bool


@dataclass(frozen=True)
class Done(Generic[Page_co]):
    """The result of an action: a message, its undo batch, and the updated page.

    An empty message shows no notice.
    """

    message: str
    batch: str
    page: Page_co

    def showing(self, page: Other) -> "Done[Other]":
        """Return the same with a page."""
        return Done(self.message, self.batch, page)
