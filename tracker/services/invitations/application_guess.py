"""The application that an invitation is about, and the kind of interview, as its words suggest."""

import re

from sqlalchemy import select

from tracker.db import Row, Scope
from tracker.models import Application, ApplicationContact, Contact, applications, contacts, links
from tracker.services.employers import employer_key
from tracker.shapes.enumerations import TALKING, InterviewKind, Stage
from tracker.shapes.invitations import Invitation

MAX_CANDIDATES = 500
"""Most open applications that are compared, the last active first."""
_KINDS = (
    (InterviewKind.HIRING_MANAGER, r"hiring manager"),
    (InterviewKind.SYSTEM_DESIGN, r"system[s]? design|architecture"),
    (InterviewKind.TAKE_HOME, r"take[- ]?home|assignment"),
    (InterviewKind.CODING, r"coding|pair(ing| programming)|hackerrank|coderpad|leetcode"),
    (InterviewKind.PANEL, r"panel"),
    (InterviewKind.BEHAVIOURAL, r"behaviour(al)?|behavioral|values|culture"),
    (InterviewKind.TECHNICAL, r"technical|tech"),
    (InterviewKind.ONSITE, r"on-?site"),
    (InterviewKind.FINAL, r"final"),
    (InterviewKind.RECRUITER_SCREEN, r"recruit(er|ing)|screen(ing)?|phone|intro(ductory|duction)?|introductory|first call"),
)  # fmt: skip
_PUBLIC_DOMAINS = (
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
)


def guessed_kind(invitation: Invitation) -> str:
    """Return the kind of interview that the title names; empty when it names none."""
    matches = (
        kind for kind, words in _KINDS if re.search(rf"\b({words})\b", invitation.title, re.IGNORECASE)
    )
    return next((kind.value for kind in matches), "")


def guessed_application(scope: Scope, invitation: Invitation) -> str:
    """Return the id of the open application that fits best; empty when none fits.

    The organizer's domain counts most, then the company's name in the words, then the role in the title.
    """
    a = applications
    query = (
        select(a.id, a.company, a.role, a.stage)
        .where(a.user_id == scope.user_id, a.deleted_at.is_(None), a.stage != Stage.CLOSED)
        .order_by(a.touched_at.desc(), a.id.desc())
        .limit(MAX_CANDIDATES)
    )
    known = _applications_of_contacts(scope, invitation)
    points = {str(row["id"]): _points(row, invitation, known) for row in scope.rows(query)}
    best = max(points, key=lambda row_id: points[row_id], default="")
    return best if points.get(best, 0) >= 1 else ""


def application_label(scope: Scope, application_id: str) -> str:
    """Return an application's name, such as `Engineer at Linear`."""
    row = scope.get(Application, application_id)
    return f"{row.role} at {row.company}"


def _points(row: Row, invitation: Invitation, known: set[str]) -> float:
    company = employer_key(row["company"])
    domains = [domain for domain in invitation.domains if domain not in _PUBLIC_DOMAINS]
    is_domain = any(company == label for domain in domains for label in _labels(domain))
    is_named = _mentions(invitation.words, row["company"]) or _mentions(invitation.words, company)
    is_likely = is_domain or is_named or str(row["id"]) in known
    return (
        5 * (str(row["id"]) in known) + 4 * is_domain + 3 * is_named
        + (0.5 * _mentions(invitation.words, row["role"]) + 0.25 * (row["stage"] in TALKING)) * is_likely
    )  # fmt: skip


def _labels(domain: str) -> list[str]:
    """Return the parts of a domain as companies are compared: `kestrel-labs.com` as `kestrellabs`."""
    return [re.sub(r"[\W_]+", "", label) for label in domain.split(".")[:-1]]


def _mentions(words: str, name: str) -> bool:
    return len(name) > 1 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None


def _applications_of_contacts(scope: Scope, invitation: Invitation) -> set[str]:
    """Return the applications linked to a contact who is named among the interviewers."""
    names = [name.strip().lower() for name in invitation.interviewers.split(",")]
    query = (
        select(links.application_id, contacts.name, contacts.email)
        .select_from(Contact)
        .join(ApplicationContact, (links.user_id == contacts.user_id) & (links.contact_id == contacts.id))
        .where(contacts.user_id == scope.user_id)
        .limit(MAX_CANDIDATES * 4)
    )
    return {
        str(row["application_id"])
        for row in scope.rows(query)
        if row["name"].lower() in names or row["email"].lower() in names
    }
