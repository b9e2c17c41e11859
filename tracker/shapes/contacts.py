"""Contacts as lists, pages and the contacts of an application show them."""

from dataclasses import dataclass, field

from tracker.shapes.applications import Fact


@dataclass(frozen=True)
class ContactLine:
    """A contact in a list; `about` is the role and company in a phrase."""

    id: str
    name: str
    mark: str
    tint: str
    about: str
    role: str
    company: str
    email: str
    phone: str
    link: str
    applications: int
    applications_label: str


@dataclass(frozen=True)
class ContactPage:
    """One page of contacts by name; `after` continues it, and is empty on the last page."""

    contacts: list[ContactLine]
    after: str = ""


@dataclass(frozen=True)
class LinkedApplication:
    """An application as a contact's page names it."""

    id: str
    company: str
    role: str
    subject: str
    mark: str
    tint: str
    stage: str
    outcome: str
    standing: str


@dataclass(frozen=True)
class ContactDetail:
    """Everything a contact's own page shows."""

    line: ContactLine
    facts: list[Fact]
    notes: str
    notes_html: str
    applications: list[LinkedApplication] = field(default_factory=list)
