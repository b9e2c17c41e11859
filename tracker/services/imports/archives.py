"""ZIP archives of other programs: the tables in them that are about applications or contacts."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

from tracker.services.imports.sheets import MAX_SHEETS, FileContent
from tracker.services.imports.workbooks import BOMB, MAX_UNPACKED, check_entry
from tracker.services.isolated_process import Unreadable

LINKEDIN = re.compile(r"(.*/)?(Job Applications(_\d+)?|Saved Jobs(_\d+)?|Connections)\.csv", re.I)
TABLES = re.compile(r".+\.(csv|tsv|json|xlsx|xls|ods|md)", re.I)
MAX_ENTRIES = 2000
NOTHING = "This archive holds no table of applications: no CSV, spreadsheet or JSON file."
DAMAGED = "This archive is damaged, or locked with a password. Unpack it, and import the files in it."


def contents_of(content: bytes, read: Callable[[bytes, str], FileContent]) -> FileContent:
    """Return the tables of an archive's files, read one by one; raises Unreadable with the reason.

    Of LinkedIn's export, only applications, saved jobs and connections are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [read(_unpacked(archive, entry), _name(entry)) for entry in _chosen(archive.infolist())]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(DAMAGED) from error
    sheets = [sheet for file in files for sheet in file.sheets][:MAX_SHEETS]
    doubtful = next((file for file in files if file.encodings), FileContent([]))
    return FileContent(sheets, doubtful.encoding, doubtful.encodings)


def _chosen(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    tables = [
        entry
        for entry in entries
        if TABLES.fullmatch(entry.filename) and not re.search(r"(^|/)(\.|__MACOSX)", entry.filename)
    ]
    chosen = [entry for entry in tables if LINKEDIN.fullmatch(entry.filename)] or tables
    if not chosen:
        raise Unreadable(NOTHING)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in chosen) > MAX_UNPACKED:
        raise Unreadable(BOMB)
    return chosen[:MAX_SHEETS]


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    check_entry(entry)
    return archive.read(entry)


def _name(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).name
