"""Figures over the API: analytics of a selection, and the daily snapshots."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from tracker.api.v1 import representations
from tracker.api.v1.callers import Reader
from tracker.api.v1.inputs import Day, Input, line
from tracker.api.v1.representations import Limit
from tracker.services.records import account, insights
from tracker.shapes.figures import Selection
from tracker.shapes.records import AnalyticsRecord, Page, SnapshotRecord

router = APIRouter(tags=["Figures"])


class AnalyticsQuery(Input):
    """The applications that the figures are computed over."""

    since: Day | None = None
    until: Day | None = None
    source: Annotated[str, line(100)] = ""
    tag: Annotated[str, line(40)] = ""
    role: Annotated[str, line(200), Field(description="Words of the role")] = ""


class SnapshotQuery(Input):
    """The days to list."""

    since: Day | None = None
    until: Day | None = None
    limit: Limit = representations.DEFAULT_LIMIT
    cursor: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""


@router.get("/analytics", response_model=AnalyticsRecord)
def get_analytics(request: Request, caller: Reader, query: Annotated[AnalyticsQuery, Query()]) -> Response:
    """Return the figures of a selection, with the 95 % interval of each rate."""
    values = {name: str(value) for name, value in query.model_dump().items() if value}
    return representations.respond(caller.read(insights.analytics, Selection.of_query(values)), request)


@router.get("/snapshots", response_model=Page[SnapshotRecord])
def list_snapshots(request: Request, caller: Reader, query: Annotated[SnapshotQuery, Query()]) -> Response:
    """List the pipeline at the end of each day from `since` to `until`."""
    page = representations.page_of(
        caller, account.snapshot_page, query.since, query.until, query.cursor, query.limit
    )
    return representations.respond_page(page, request, SnapshotRecord)
