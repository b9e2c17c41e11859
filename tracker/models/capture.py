"""Postings being read from an address or pasted HTML, to fill the form that adds an application."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from tracker.models.base import Owned, max_length, one_of, text_column
from tracker.shapes.capture import CaptureState

MAX_CAPTURED_HTML = 3_000_000
"""Longest pasted HTML in characters."""


class Capture(Owned, table=True):
    """A posting to read, then its facts and text, or the reason why it can't be read.

    Pasted HTML is deleted once it is read.
    """

    __tablename__ = "posting_capture"
    __table_args__ = (
        one_of("state", CaptureState),
        max_length("address", 2000),
        max_length("content", MAX_CAPTURED_HTML),
        max_length("posting_text", 100_000),
        max_length("reason", 500),
        CheckConstraint("state = 'waiting' OR content = ''", name="content_until_read"),
        CheckConstraint("state != 'waiting' OR address != '' OR content != ''", name="source"),
    )

    state: str = text_column("waiting")
    address: str = text_column()
    content: str = text_column()
    facts: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column("facts", JSONB, nullable=False, server_default=text("'{}'")),
    )
    posting_text: str = text_column()
    reason: str = text_column()
