"""Creation of a backup: one consistent file, whether or not Pursuit is running."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg

from tracker import __version__, clock
from tracker.backup import archive, postgres
from tracker.backup.files import atomic_file
from tracker.errors import Sorry


@dataclass(frozen=True)
class BackupFile:
    """Finished backup: its path, size in bytes, and contents."""

    path: Path
    size: int
    tables: int
    rows: int
    is_encrypted: bool

    @property
    def sentence(self) -> str:
        """Return the command's message."""
        protection = "encrypted" if self.is_encrypted else "not encrypted"
        return (
            f"Backed up to {self.path}: {self.rows:,} rows of {self.tables} tables, "
            f"{self.size / 1_000_000:.1f} MB, {protection}."
        )


def back_up(folder: Path, path: Path, passphrase: str = "", *, replace: bool = False) -> BackupFile:
    """Write a backup of the database and of the secrets in the data folder `folder` to `path`."""
    try:
        with atomic_file(path, replace=replace) as file:
            manifest = _write(file, folder, passphrase)
    except psycopg.Error as error:
        raise Sorry(f"The database couldn't be backed up: {postgres.reason(error)}") from error
    return BackupFile(
        path=path,
        size=path.stat().st_size,
        tables=len(manifest.rows),
        rows=sum(manifest.rows.values()),
        is_encrypted=bool(passphrase),
    )


def _write(file: BinaryIO, folder: Path, passphrase: str) -> archive.Manifest:
    """Write all parts; secrets are read after the snapshot, so that every row's secret is included."""
    url = postgres.owner_url(folder)
    with archive.Writer(file, passphrase) as writer:
        with postgres.connect(url) as connection, postgres.snapshot(connection) as snapshot:
            made_at, contents = clock.now(), postgres.contents(connection)
            with postgres.dumped(url, snapshot) as pieces:
                writer.add(archive.DUMP, pieces)
        for secret in _secrets(folder):
            writer.add(f"{archive.SECRETS}{secret.name}", [secret.read_bytes()])
        manifest = archive.Manifest(
            made_at=made_at,
            version=__version__,
            revision=contents.revision,
            postgres=contents.postgres,
            owner=contents.owner,
            roles=contents.roles,
            rows=contents.rows,
            parts=writer.parts,
        )
        writer.finish(manifest)
    return manifest


def _secrets(folder: Path) -> list[Path]:
    secrets_folder = folder / "secrets"
    return [path for path in sorted(secrets_folder.glob("*")) if path.is_file() and path.suffix != ".new"]
