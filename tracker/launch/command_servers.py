"""Servers for a short command: those that run, or temporary ones."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tracker.launch import embedded
from tracker.launch import folder as folders
from tracker.settings import settings


def running_servers(folder: Path) -> dict[str, str]:
    """Return the running embedded servers' URLs by variable, except for variables that are set."""
    addresses = {}
    for variable, name, url in (
        ("DATABASE_URL", "postgres", embedded.app_url),
        ("MIGRATION_DATABASE_URL", "postgres", embedded.postgres_url),
        ("REDIS_URL", "valkey", embedded.valkey_url),
    ):
        port = running_port(folder, name)
        is_embedded = not os.environ.get("DATABASE_URL" if name == "postgres" else variable)
        if port and is_embedded:
            addresses[variable] = url(folder, port)
    return addresses


@contextmanager
def servers_for_command(
    folder: Path, servers: Sequence[str] = ("DATABASE_URL", "REDIS_URL")
) -> Iterator[None]:
    """Set the environment to running servers; start missing ones for the duration of the block."""
    with ExitStack() as stack:
        starts = {"DATABASE_URL": embedded.start_postgres, "REDIS_URL": embedded.start_valkey}
        missing = [name for name in servers if not os.environ.get(name)]
        if missing:
            folders.prepare(folder)
            stack.enter_context(folders.owned(folder, "a command is running"))
        for name in missing:
            server = stack.enter_context(starts[name](folder))
            os.environ[name] = server.app_url or server.url
            if server.app_url:
                os.environ["MIGRATION_DATABASE_URL"] = server.url
        settings.cache_clear()
        yield


def running_port(folder: Path, name: str) -> int | None:
    """Return the port of a running embedded server of `folder`, or None."""
    try:
        record = json.loads((folder / "run" / f"{name}.json").read_text())
        alive = abs(psutil.Process(record["pid"]).create_time() - record["created"]) < 1
        return int(record["port"]) if alive else None
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None
