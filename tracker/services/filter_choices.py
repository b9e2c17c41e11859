"""Values that applications can be filtered by."""

from typing import Any

from sqlalchemy import Select, func, literal, select

from tracker.db import Scope
from tracker.models import applications
from tracker.services.prepared_queries import prepared_query

MAX_OFFERED_FROM = 1000
"""Number of recently changed applications whose sources and tags the filters offer."""


def sources_and_tags(scope: Scope) -> tuple[list[str], list[str]]:
    """Return the 50 most frequent sources and tags of the latest 1,000 applications, for the filters."""
    rows = _frequent_words(scope)
    sources, tags = ([row["word"] for row in rows if row["what"] == kind][:50] for kind in ("source", "tag"))
    return sources, tags


@prepared_query
def _frequent_words(scope: Scope) -> Select[Any]:
    latest = (
        select(applications.source, applications.tags)
        .where(applications.user_id == scope.user_id, applications.deleted_at.is_(None))
        .order_by(applications.touched_at.desc(), applications.id.desc())
        .limit(MAX_OFFERED_FROM)
        .cte()
    )
    source = select(literal("source").label("what"), latest.c.source.label("word")).where(
        latest.c.source != ""
    )
    tag = select(literal("tag"), func.unnest(latest.c.tags).label("word")).where(latest.c.tags != [])
    entries = source.union_all(tag).subquery()
    frequent = select(entries.c.what, entries.c.word).group_by(entries.c.what, entries.c.word)
    return frequent.order_by(func.count().desc()).limit(200)
