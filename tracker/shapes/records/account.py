"""The user, the preferences and the profile as programs read them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from tracker.shapes.enumerations import (
    PositionKind,
)
from tracker.shapes.records.examples import documented, example_id


@dataclass(frozen=True, kw_only=True)
class TokenRecord:
    """The token of a request."""

    id: UUID
    name: str
    scopes: list[str]
    """`read`, and `write` if it may change anything."""
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MeRecord:
    """The user of the token, and what the token may do."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(8), name="Sam Rivera", email="sam@example.com", time_zone="Europe/Berlin", locale="en-GB", currency="EUR",
        token={"id": example_id(9), "name": "Sheet sync", "scopes": ["read", "write"], "expires_at": None},
    )  # fmt: skip
    id: UUID
    name: str
    email: str
    time_zone: str
    locale: str
    currency: str
    token: TokenRecord


@dataclass(frozen=True, kw_only=True)
class PreferencesRecord:
    """The preferences that decide how days, weeks and money are counted."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        time_zone="Europe/Berlin", locale="en-GB", currency="EUR", weekly_goal=5, week_start=1
    )
    time_zone: str
    locale: str
    currency: str
    weekly_goal: int
    week_start: int
    """1 for Monday, 6 for Saturday, 7 for Sunday."""


@dataclass(frozen=True, kw_only=True)
class PositionRecord:
    """A position of the profile: a job, degree, project or other entry."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(6), kind="job", title="Engineer", organisation="Acme", begun="2021-03", is_current=True
    )
    id: UUID
    kind: PositionKind
    title: str
    organisation: str
    begun: str
    """A year or a month, such as `2021-03`; empty if unknown."""
    ended: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class BulletRecord:
    """A resume bullet: something the user did or knows."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        id=example_id(7),
        text="Moved 40 services to PostgreSQL",
        skills=["PostgreSQL"],
        position_id=example_id(6),
    )
    id: UUID
    text: str
    skills: list[str]
    position_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ProfileRecord:
    """The profile: the only evidence for claims about the applicant."""

    __pydantic_config__: ClassVar[ConfigDict] = documented(
        name="Sam Rivera", headline="Backend engineer", languages=["English"], positions=[], bullets=[]
    )
    name: str
    headline: str
    languages: list[str]
    positions: list[PositionRecord] = field(default_factory=list)
    bullets: list[BulletRecord] = field(default_factory=list)
