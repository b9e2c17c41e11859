"""Downloads of the lists as CSV files and workbooks."""

from collections.abc import Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from tracker.api.access import signed_in_user
from tracker.db import scoped
from tracker.services.exports.table_files import write_table
from tracker.shapes.enumerations import Door
from tracker.shapes.people import Who
from tracker.storable_text import clean

router = APIRouter(include_in_schema=False)
MAX_IN_MEMORY = 1024 * 1024
"""Bytes of a file that are kept in memory; a longer one is on disk until it is sent."""
CHUNK = 64 * 1024
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/exports/{name}.{kind}")
def download(request: Request, name: str, kind: str) -> Response:
    """Return a list as `csv` or `xlsx`; the query filters and sorts it, as on the list's page."""
    query = {key: clean(value) for key, value in request.query_params.items()}
    return list_file(signed_in_user(request.headers), name, kind, query)


def list_file(user: Who, name: str, kind: str, query: Mapping[str, str], door: Door = Door.WEB) -> Response:
    """Return a list as a file; raises NotFound for an unknown list or kind."""
    file: IO[bytes] = SpooledTemporaryFile(MAX_IN_MEMORY)  # noqa: SIM115  Closed once it is sent.
    try:
        with scoped(user, door) as scope:
            write_table(scope, name, kind, query, file)
            filename = f"pursuit-{name}-{scope.today}.{kind}"
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "no-store"}
    return StreamingResponse(chunks(file), media_type=MEDIA[kind], headers=headers)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file from its beginning, and close it."""
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
