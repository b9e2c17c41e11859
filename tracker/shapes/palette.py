"""What the palette finds."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    """One thing the palette can open, by its address."""

    id: str
    kind: str
    title: str
    detail: str
    mark: str
    tint: str
    address: str


@dataclass(frozen=True)
class Findings:
    """Applications, contacts and interviews that match, the most recent first where nothing was typed."""

    applications: list[Found] = field(default_factory=list)
    contacts: list[Found] = field(default_factory=list)
    interviews: list[Found] = field(default_factory=list)
    is_empty: bool = True
