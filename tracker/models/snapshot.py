"""Snapshots: the pipeline's figures at the end of each day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Integer, text
from sqlmodel import Field, SQLModel

from tracker.models.base import owner, timestamp


def _count(name: str) -> Any:
    return Field(default=0, sa_column=Column(name, Integer, nullable=False, server_default=text("0")))


class Snapshot(SQLModel, table=True):
    """The pipeline at the end of a user's local day, and that day's activity.

    It can be rebuilt from the event log.
    """

    __tablename__ = "snapshot"

    user_id: UUID = owner()
    day: date = Field(sa_column=Column("day", Date, primary_key=True, nullable=False))
    saved: int = _count("saved")
    applied: int = _count("applied")
    screening: int = _count("screening")
    interviewing: int = _count("interviewing")
    offer: int = _count("offer")
    accepted: int = _count("accepted")
    declined: int = _count("declined")
    rejected: int = _count("rejected")
    withdrawn: int = _count("withdrawn")
    no_response: int = _count("no_response")
    expired: int = _count("expired")
    sent: int = _count("sent")
    answered: int = _count("answered")
    actions: int = _count("actions")
    taken_at: datetime = timestamp(now=True)
