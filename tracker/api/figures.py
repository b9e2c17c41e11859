"""The figures of the analytics page as files, for whoever's session the browser brings."""

from fastapi import APIRouter, Request, Response

from tracker.api.doors import person_of
from tracker.db import scoped
from tracker.services.figures.analytics_page import as_csv
from tracker.shapes.figures import Selection
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)


@router.get("/analytics/{name}.csv")
def download(request: Request, name: str) -> Response:
    """One figure over the selection that the address names."""
    who = person_of(request.headers)
    query = {key: clean(value) for key, value in request.query_params.items()}
    with scoped(who) as scope:
        made = as_csv(scope, Selection.of_query(query), name, query.get("day", ""))
    named = f'attachment; filename="pursuit-{name}.csv"'
    return Response(
        made, media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": named, "Cache-Control": "no-store"},
    )  # fmt: skip
