"""The calendar feed: its secret address, what it contains, and the lookup by its token."""

import re
import secrets
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from tracker.db import Scope, call_function, scoped
from tracker.errors import NotFound
from tracker.models import CalendarFeed, calendar_feeds
from tracker.services import audit, people
from tracker.services.calendar_files import feed_content
from tracker.services.sessions import token_hash
from tracker.settings import settings
from tracker.shapes.audit import AuditKind
from tracker.shapes.calendar_files import FeedAddress, FeedContents, FeedForm
from tracker.shapes.dates import ago
from tracker.shapes.people import Who

FETCH_INTERVAL = timedelta(hours=1)
"""Interval between updates of the time of the last fetch, so that most fetches don't write."""
PARTS = tuple(asdict(FeedContents()))
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_FIND_FEED = "SELECT * FROM find_calendar_feed(%(mark)s)"


def read(scope: Scope) -> FeedForm:
    """Return the user's feed as Settings shows it; without a feed, with all parts ticked."""
    row = _row(scope)
    if row is None:
        return FeedForm(False, "", "", dict.fromkeys(PARTS, "on"))
    contents = asdict(_contents(row))
    return FeedForm(
        is_active=True,
        created=ago(row.created_at, scope.now),
        fetched=ago(row.fetched_at, scope.now) if row.fetched_at else "",
        typed={part: "on" if contents[part] else "" for part in PARTS},
    )


def create(scope: Scope, typed: dict[str, str]) -> FeedAddress:
    """Create the user's feed with the ticked parts, and return its address, which isn't stored.

    Another feed of the user is replaced: its address stops working.
    """
    token = secrets.token_urlsafe(32)
    audit.note(scope, AuditKind.FEED_CREATED if _row(scope) is None else AuditKind.FEED_REPLACED)
    values = {
        "token_hash": bytes.fromhex(token_hash(token)),
        "created_at": scope.now,
        "fetched_at": None,
        **_columns(typed),
    }
    insertion = insert(CalendarFeed).values(user_id=scope.user_id, **values)
    scope.session.execute(insertion.on_conflict_do_update(index_elements=["user_id"], set_=values))
    web = f"{settings().origin}/api/feeds/{token}.ics"
    return FeedAddress(web, f"webcal:{web.partition(':')[2]}")


def save(scope: Scope, typed: dict[str, str]) -> str:
    """Change the feed to the ticked parts; its address stays. Raises NotFound without a feed."""
    query = update(CalendarFeed).where(calendar_feeds.user_id == scope.user_id).values(**_columns(typed))
    if scope.session.execute(query.returning(calendar_feeds.user_id)).first() is None:
        raise NotFound("feed")
    return "Calendar feed saved"


def end(scope: Scope) -> str:
    """Delete the user's feed, so that its address stops working. Raises NotFound without a feed."""
    query = delete(CalendarFeed).where(calendar_feeds.user_id == scope.user_id)
    if scope.session.execute(query.returning(calendar_feeds.user_id)).first() is None:
        raise NotFound("feed")
    audit.note(scope, AuditKind.FEED_ENDED)
    return "Calendar feed ended"


def fetch(token: str) -> bytes | None:
    """Return the calendar file of a feed's token, and note that it was fetched; None for any other text."""
    user = _user_of(token)
    if user is None:
        return None
    with scoped(user) as scope:
        row = _row(scope)
        if row is None:
            return None
        _note_fetch(scope, row)
        return feed_content.feed(scope, _contents(row))


def _user_of(token: str) -> Who | None:
    if not _TOKEN.fullmatch(token):
        return None
    row = call_function(_FIND_FEED, {"mark": bytes.fromhex(token_hash(token))})
    if row is None or not people.is_allowed(row["issuer"], row["email"]):
        return None
    return people.load_user(row["user_id"])


def _note_fetch(scope: Scope, row: CalendarFeed) -> None:
    if row.fetched_at is None or row.fetched_at < scope.now - FETCH_INTERVAL:
        row.fetched_at = scope.now


def _row(scope: Scope) -> CalendarFeed | None:
    query = select(CalendarFeed).where(calendar_feeds.user_id == scope.user_id)
    return scope.session.scalars(query).one_or_none()


def _contents(row: CalendarFeed) -> FeedContents:
    return FeedContents(row.has_interviews, row.has_deadlines, row.has_follow_ups, row.has_reminders)


def _columns(typed: dict[str, str]) -> dict[str, bool]:
    return {f"has_{part}": bool(typed.get(part)) for part in PARTS}
