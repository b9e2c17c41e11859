"""The backup file: a zip archive with a manifest and a checksum, optionally encrypted as age.

The end of the file is the archive's comment, `sha256:` and the digest of every byte before it, so that a truncated
or altered file is recognized before anything in it is used.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.backup import Unusable, age

FORMAT = 1
DUMP, MANIFEST, SECRETS = "database.dump", "manifest.json", "secrets/"
CHUNK_SIZE = 1024 * 1024
_SECRET = re.compile(rf"{SECRETS}([\w-][\w.-]*)")
_DIGEST = 64
_COMMENT = b"sha256:" + b"0" * _DIGEST
NOT_A_BACKUP = "This file isn't a backup of Pursuit."
DAMAGED = "This backup is damaged or incomplete: its checksum doesn't match."


class Part(BaseModel):
    """Part of a backup: its size in bytes and its SHA-256."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """Contents and origin of a backup."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    made_at: datetime
    version: str
    """The version of Pursuit that created it."""
    revision: str
    """The database's schema revision."""
    postgres: int
    """The major version of the dumped PostgreSQL server."""
    owner: str
    """The role that owned the tables."""
    roles: tuple[str, ...]
    """Every role named in the dump."""
    rows: dict[str, int]
    """The number of rows by table."""
    parts: dict[str, Part]


class Sink(Protocol):
    """Output stream with an explicit end."""

    def write(self, data: bytes) -> int:
        """Write bytes."""

    def finish(self) -> None:
        """Complete the output."""


class Writer:
    """Writer of a backup file in constant memory; an exception in its block leaves it incomplete."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self.parts: dict[str, Part] = {}
        self._sink = _Checksummed(age.Writer(file, passphrase) if passphrase else _Plain(file))
        self._zip = zipfile.ZipFile(self._sink, "w")
        self._zip.comment = _COMMENT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sink.drop()
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a part and record its size and checksum."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
                digest.update(piece)
                size += len(piece)
        self.parts[name] = Part(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the checksum; the file is complete when this returns."""
        with self._zip.open(_entry(MANIFEST), "w") as part:
            part.write(manifest.model_dump_json(indent=2).encode())
        self._zip.close()
        self._sink.finish()


class Reader:
    """Reader of a backup file, which is verified completely when it is opened."""

    def __init__(self, file: BinaryIO) -> None:
        _check_whole(file)
        try:
            self._zip = zipfile.ZipFile(file)
            self.manifest = _manifest(self._zip.read(MANIFEST))
            for name in {*self.manifest.parts, *self._zip.namelist()} - {MANIFEST}:
                self._check_part(name)
        except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
            raise Unusable(NOT_A_BACKUP) from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces of up to 1 MiB."""
        with self._zip.open(name) as part:
            while piece := part.read(CHUNK_SIZE):
                yield piece

    def secrets(self) -> dict[str, bytes]:
        """Return the secrets of the installation by file name."""
        names = [match for part in self.manifest.parts if (match := _SECRET.fullmatch(part))]
        return {match[1]: self._zip.read(match[0]) for match in names}

    def _check_part(self, name: str) -> None:
        digest, size = hashlib.sha256(), 0
        for piece in self.pieces(name):
            digest.update(piece)
            size += len(piece)
        if self.manifest.parts[name] != Part(size=size, sha256=digest.hexdigest()):
            raise Unusable(f"This backup is damaged: the checksum of {name} doesn't match.")


def is_encrypted(path: Path) -> bool:
    """Return True for a backup that needs a passphrase."""
    with path.open("rb") as file:
        return file.read(len(age.MAGIC)) == age.MAGIC


@contextmanager
def opened(path: Path, passphrase: str) -> Iterator[Reader]:
    """Open and verify a backup; raises Unusable with the reason when it can't be restored."""
    with path.open("rb") as file:
        if file.read(len(age.MAGIC)) != age.MAGIC:
            yield Reader(file)
            return
        yield Reader(io.BufferedReader(age.Reader(file, passphrase), age.CHUNK))


class _Plain:
    """Unencrypted output to a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.write, self.finish = file.write, file.flush


class _Checksummed:
    """Output that replaces its last 64 bytes with the digest of all others."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._tail, self._digest = sink, b"", hashlib.sha256()
        self._is_dropped = False

    def write(self, data: bytes) -> int:
        """Write all but the last 64 bytes."""
        if self._is_dropped:
            return len(data)
        pending = self._tail + data
        passed, self._tail = pending[:-_DIGEST], pending[-_DIGEST:]
        self._digest.update(passed)
        self._sink.write(passed)
        return len(data)

    def flush(self) -> None:
        """Do nothing: `finish` writes the tail."""

    close = flush

    def drop(self) -> None:
        """Ignore all further writes."""
        self._is_dropped = True

    def finish(self) -> None:
        """Write the digest in place of the last 64 bytes."""
        self._sink.write(self._digest.hexdigest().encode())
        self._sink.finish()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry


def _check_whole(file: BinaryIO) -> None:
    """Check that the digest at the end of the file is that of the bytes before it; raises Unusable."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Unusable(NOT_A_BACKUP)
    left = file.seek(0, io.SEEK_END) - _DIGEST
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0:
        piece = file.read(min(CHUNK_SIZE, left))
        digest.update(piece)
        left -= len(piece)
        if not piece:
            break
    if file.read(_DIGEST) != digest.hexdigest().encode():
        raise Unusable(DAMAGED)


def _manifest(text: bytes) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise Unusable("This backup is from a version of Pursuit that this version can't read.") from error
    if manifest.format > FORMAT:
        raise Unusable(
            f"This backup is from Pursuit {manifest.version} and its format is newer than this version's: "
            f"restore it with that version."
        )
    return manifest
