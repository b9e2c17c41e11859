"""What a browser fetches for a cold list page, compressed."""

import re
from dataclasses import dataclass
from pathlib import Path

_NAMED = re.compile(rb"""["'(](/(?:assets|browser)/[^"'()\s]+?\.(?:js|css))""")


@dataclass(frozen=True)
class Fetched:
    """The bytes of one kind of file: as they are, by gzip, and by Brotli."""

    kind: str
    files: int
    plain: int
    gzip: int
    brotli: int


def cold(client: Path) -> list[Fetched]:
    """Measure the list's document, and the scripts and styles it names or they import at once."""
    names = _needed(client, client / "applications.html")
    kinds = {
        "document": ["/applications.html"],
        "scripts": [name for name in names if name.endswith(".js")],
        "styles": [name for name in names if name.endswith(".css")],
        "font": [f"/{path.relative_to(client)}" for path in client.glob("fonts/*-latin.woff2")],
    }
    return [_measured(client, kind, kinds[kind]) for kind in kinds]


def _needed(client: Path, document: Path) -> list[str]:
    waiting, seen = [document], {}
    while waiting:
        for name in _imports(waiting.pop()):
            path = client / name.lstrip("/")
            if name not in seen and path.exists():
                seen[name] = path
                waiting.append(path)
    return sorted(seen)


def _imports(path: Path) -> list[str]:
    text = path.read_bytes()
    if path.suffix == ".html":
        return [name.decode() for name in _NAMED.findall(text)]
    found = re.findall(rb"""(?:from|import)\s*["'](\./[^"']+\.js)["']""", text)
    return [f"/assets/{name[2:].decode()}" for name in found]


def _measured(client: Path, kind: str, names: list[str]) -> Fetched:
    paths = [client / name.lstrip("/") for name in names]
    return Fetched(
        kind,
        len(paths),
        sum(path.stat().st_size for path in paths),
        sum(_compressed(path, ".gz") for path in paths),
        sum(_compressed(path, ".br") for path in paths),
    )


def _compressed(path: Path, suffix: str) -> int:
    """As it is served: the build leaves the smallest files as they are."""
    made = path.with_name(path.name + suffix)
    return (made if made.exists() else path).stat().st_size
