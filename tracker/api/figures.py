"""Downloads of the analytics page's figures."""

from fastapi import APIRouter, Request, Response

from tracker.api.access import signed_in_user
from tracker.db import scoped
from tracker.services.figures.analytics_page import as_csv
from tracker.shapes.figures import Selection
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)


@router.get("/analytics/{name}.csv")
def download(request: Request, name: str) -> Response:
    """Return a figure as CSV; the query selects its applications, as on the analytics page."""
    user = signed_in_user(request.headers)
    query = {key: clean(value) for key, value in request.query_params.items()}
    with scoped(user) as scope:
        content = as_csv(scope, Selection.of_query(query), name, query.get("day", ""))
    disposition = f'attachment; filename="pursuit-{name}.csv"'
    return Response(
        content, media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )  # fmt: skip
