"""The figures of the analytics page as files, for whoever's session the browser brings."""

from fastapi import APIRouter, Request, Response

from tracker.cookies import token_in
from tracker.db import scoped
from tracker.errors import NotFound
from tracker.services import sessions
from tracker.services.figures.showing import as_csv
from tracker.services.typed import clean
from tracker.shapes.figures import Selection

router = APIRouter(include_in_schema=False)


@router.get("/analytics/{name}.csv")
def download(request: Request, name: str) -> Response:
    """One figure over the selection that the address names."""
    who = sessions.find(token_in(request.headers.get("cookie", "")))
    if who is None:
        return Response("Sign in first.", status_code=401, media_type="text/plain")
    query = {key: clean(value) for key, value in request.query_params.items()}
    try:
        with scoped(who) as scope:
            made = as_csv(scope, Selection.of_query(query), name, query.get("day", ""))
    except NotFound as sorry:
        return Response(sorry.message, status_code=404, media_type="text/plain")
    named = f'attachment; filename="pursuit-{name}.csv"'
    return Response(
        made, media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": named, "Cache-Control": "no-store"},
    )  # fmt: skip
