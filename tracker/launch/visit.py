"""How a short command finds the servers of an installation: those that run, or its own for a moment."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tracker import embedded
from tracker.launch import folder as folders
from tracker.settings import settings


def running_servers(folder: Path) -> dict[str, str]:
    """The addresses of the embedded servers that run on `folder` now and that no variable replaces."""
    addresses = {}
    for variable, name, url in (
        ("DATABASE_URL", "postgres", embedded.app_url),
        ("MIGRATION_DATABASE_URL", "postgres", embedded.postgres_url),
        ("REDIS_URL", "valkey", embedded.valkey_url),
    ):
        port = running_port(folder, name)
        is_ours = not os.environ.get("DATABASE_URL" if name == "postgres" else variable)
        if port and is_ours:
            addresses[variable] = url(folder, port)
    return addresses


@contextmanager
def visited(folder: Path, servers: Sequence[str] = ("DATABASE_URL", "REDIS_URL")) -> Iterator[None]:
    """Gives this process a database and a Redis, or one of them, started for its time alone when none runs."""
    with ExitStack() as stack:
        starts = {"DATABASE_URL": embedded.start_postgres, "REDIS_URL": embedded.start_valkey}
        missing = [name for name in servers if not os.environ.get(name)]
        if missing:
            folders.prepare(folder)
            stack.enter_context(folders.owned(folder, "a command of yours is at work on it"))
        for name in missing:
            server = stack.enter_context(starts[name](folder))
            os.environ[name] = server.app_url or server.url
            if server.app_url:
                os.environ["MIGRATION_DATABASE_URL"] = server.url
        settings.cache_clear()
        yield


def running_port(folder: Path, name: str) -> int | None:
    """The port of an embedded server that runs on `folder` now; None where it doesn't."""
    try:
        known = json.loads((folder / "run" / f"{name}.json").read_text())
        alive = abs(psutil.Process(known["pid"]).create_time() - known["created"]) < 1
        return int(known["port"]) if alive else None
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None
