"""Contacts in lists, on their page and on an application's page."""

from dataclasses import dataclass, field

from tracker.shapes.applications import Fact


@dataclass(frozen=True)
class ContactItem:
    """A contact in a list; `about` is the role and company as a phrase."""

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
    """A page of contacts by name; `after` is the next page's cursor, empty on the last page."""

    contacts: list[ContactItem]
    after: str = ""


@dataclass(frozen=True)
class LinkedApplication:
    """An application on a contact's page."""

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
    """The contents of a contact's page."""

    line: ContactItem
    facts: list[Fact]
    notes: str
    notes_html: str
    applications: list[LinkedApplication] = field(default_factory=list)
