"""Personal access tokens: how programs sign in to the API."""

from datetime import datetime

from sqlalchemy import Boolean, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from tracker.models.base import Owned, max_length, text_column, timestamp


class AccessToken(Owned, table=True):
    """A program's token; only its hash is stored, with the last characters for recognition."""

    __tablename__ = "access_token"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        max_length("name", 100, min_length=1),
        max_length("ending", 4, min_length=4),
    )

    name: str = text_column()
    token_hash: bytes = Field(sa_type=LargeBinary)
    ending: str = text_column()
    can_write: bool = Field(
        default=False, sa_type=Boolean, sa_column_kwargs={"server_default": text("false")}
    )
    expires_at: datetime | None = timestamp(required=False)
    used_at: datetime | None = timestamp(required=False)
    """Last use, to ten minutes."""
