"""Captures: postings that a job reads from an address or pasted HTML."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from tracker.db import Scope
from tracker.errors import Invalid, Sorry, TooMany
from tracker.models import Capture, posting_captures
from tracker.models.capture import MAX_CAPTURED_HTML
from tracker.services import jobs
from tracker.services.capture.fetching import fetch_page
from tracker.services.capture.posting_reader import posting_of_html
from tracker.services.field_parsers import InvalidField, web_address
from tracker.shapes.capture import CaptureState, Fact, FactOrigin, PostingFacts, PostingSource
from tracker.shapes.enumerations import JobKind
from tracker.storable_text import clean

MAX_PER_HOUR = 60
"""Captures that a user may request in an hour, so that Pursuit isn't used to crawl a site."""
RETENTION = timedelta(days=1)
NOTHING_READ = "This page shows no posting to Pursuit. Copy the posting's text from your browser and paste it here instead."


def request_address(scope: Scope, address: str) -> str:
    """Request the posting at an address, and return the capture's id. Raises Invalid or TooMany."""
    try:
        return _request(scope, PostingSource(web_address(address)))
    except InvalidField as error:
        raise Invalid({"posting": str(error)}) from None


def request_html(scope: Scope, html: str) -> str:
    """Request the reading of pasted HTML, and return the capture's id. Raises TooMany."""
    return _request(scope, PostingSource("", clean(html)[:MAX_CAPTURED_HTML]))


def _request(scope: Scope, posting: PostingSource) -> str:
    mine = posting_captures.user_id == scope.user_id
    scope.session.execute(delete(Capture).where(mine, posting_captures.created_at < scope.now - RETENTION))
    recent = select(func.count()).where(mine, posting_captures.created_at > scope.now - timedelta(hours=1))
    if (scope.session.scalar(recent) or 0) >= MAX_PER_HOUR:
        raise TooMany("That's many postings in an hour. Paste the posting's text, or try again later.")
    row = scope.add(Capture(id=uuid4(), created_at=scope.now, address=posting.address, content=posting.html))
    jobs.request(scope, JobKind.READ_POSTING, row.id)
    return str(row.id)


def source(scope: Scope, capture_id: UUID | None) -> PostingSource:
    """Return what to read; raises NotFound for a capture that is gone, and Sorry for a finished one."""
    row = scope.get(Capture, capture_id or "")
    if row.state != CaptureState.WAITING:
        raise Sorry("This posting has been read already.")
    return PostingSource(row.address, row.content)


def read(posting: PostingSource) -> PostingFacts:
    """Fetch a page, unless its HTML was pasted, and return its facts. Raises Sorry with the reason.

    It needs no transaction, and takes up to 10 seconds.
    """
    if posting.html:
        return posting_of_html(posting.html)
    page = fetch_page(posting.address)
    facts = posting_of_html(page.html, page.address)
    if not facts.value("role") and not facts.value("company"):
        raise Sorry(NOTHING_READ)
    return facts


def store(scope: Scope, capture_id: UUID | None, posting: PostingFacts) -> None:
    """Store a posting's facts and text."""
    facts = {name: asdict(fact) for name, fact in posting.facts.items()}
    _finish(scope, capture_id, state=CaptureState.READY.value, facts=facts, posting_text=posting.text)


def refuse(scope: Scope, capture_id: UUID | None, reason: str) -> None:
    """Store why a posting can't be read."""
    _finish(scope, capture_id, state=CaptureState.FAILED.value, reason=reason[:500])


def _finish(scope: Scope, capture_id: UUID | None, **values: object) -> None:
    row = scope.get(Capture, capture_id or "", lock=True)
    mine = (posting_captures.user_id == scope.user_id, posting_captures.id == row.id)
    scope.session.execute(update(Capture).where(*mine).values(content="", **values))


def result(scope: Scope, capture_id: str) -> tuple[CaptureState, PostingFacts, str]:
    """Return a capture's state, its facts, and the reason if it failed."""
    row = scope.get(Capture, capture_id)
    facts = {name: Fact(fact["value"], FactOrigin(fact["origin"])) for name, fact in row.facts.items()}
    return CaptureState(row.state), PostingFacts(facts, row.posting_text), row.reason
