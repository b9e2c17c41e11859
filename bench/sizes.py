"""Compressed sizes of what a browser fetches for a cold list page."""

import re
from dataclasses import dataclass
from pathlib import Path

_REFERENCE = re.compile(rb"""["'(](/(?:assets|browser)/[^"'()\s]+?\.(?:js|css))""")


@dataclass(frozen=True)
class FileSizes:
    """Number of files of one kind and their bytes: uncompressed, gzip and Brotli."""

    kind: str
    files: int
    plain: int
    gzip: int
    brotli: int


def cold(client: Path) -> list[FileSizes]:
    """Measure the list's document, and the scripts and styles it names or that they import statically."""
    names = _needed(client, client / "applications.html")
    kinds = {
        "document": ["/applications.html"],
        "scripts": [name for name in names if name.endswith(".js")],
        "styles": [name for name in names if name.endswith(".css")],
        "font": [f"/{path.relative_to(client)}" for path in client.glob("fonts/*-latin.woff2")],
    }
    return [_measured(client, kind, kinds[kind]) for kind in kinds]


def _needed(client: Path, document: Path) -> list[str]:
    queue, paths = [document], {}
    while queue:
        for name in _imports(queue.pop()):
            path = client / name.lstrip("/")
            if name not in paths and path.exists():
                paths[name] = path
                queue.append(path)
    return sorted(paths)


def _imports(path: Path) -> list[str]:
    text = path.read_bytes()
    if path.suffix == ".html":
        return [name.decode() for name in _REFERENCE.findall(text)]
    names = re.findall(rb"""(?:from|import)\s*["'](\./[^"']+\.js)["']""", text)
    return [f"/assets/{name[2:].decode()}" for name in names]


def _measured(client: Path, kind: str, names: list[str]) -> FileSizes:
    paths = [client / name.lstrip("/") for name in names]
    return FileSizes(
        kind,
        len(paths),
        sum(path.stat().st_size for path in paths),
        sum(_compressed(path, ".gz") for path in paths),
        sum(_compressed(path, ".br") for path in paths),
    )


def _compressed(path: Path, suffix: str) -> int:
    """Return the size as served: the build leaves the smallest files uncompressed."""
    compressed = path.with_name(path.name + suffix)
    return (compressed if compressed.exists() else path).stat().st_size
