"""Everything that is measured, served as in production: PostgreSQL, Valkey, Pursuit, and the framework's floor."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tracker import embedded, web_build
from tracker.launch import environments, roles, schema

FLOOR = Path(__file__).resolve().parent / "floor"
PATIENCE = 60


@dataclass(frozen=True)
class Ground:
    """The servers beneath: their addresses, and where PostgreSQL writes what it does.

    `database` is what Pursuit connects to, as its narrow role; `owner` the same for the owner of the tables, in libpq's form.
    """

    folder: Path
    database: str
    owner: str
    valkey: str
    log: Path


@dataclass(frozen=True)
class Served:
    """A web server that runs, and its process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def origin(self) -> str:
        """Where a browser would find it."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """The embedded servers over a data folder of the benchmark's own, at the newest schema."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    with embedded.start_postgres(folder) as postgres, embedded.start_valkey(folder) as valkey:
        url, owner = postgres.app_url, postgres.url
        os.environ.update(DATABASE_URL=url, MIGRATION_DATABASE_URL=owner, REDIS_URL=valkey.url)
        schema.bring_up()
        assert not roles.excess(url), "Pursuit must be measured as the role that production uses"
        yield Ground(folder, url, owner.replace("+psycopg", ""), valkey.url, postgres.child.log)


@contextmanager
def pursuit(under: Ground, *, for_browsers: bool = False, **more: str) -> Iterator[Served]:
    """Pursuit itself with one worker, and its built interface, which names the port only where browsers use it."""
    port = embedded.free_port()
    built_for = port if for_browsers else web_build.BUILT_PORT
    build = web_build.environment(web_build.ensure(built_for, under.folder))
    given = {"DATABASE_URL": under.database, "REDIS_URL": under.valkey, "PURSUIT_PORT": str(port)}
    with _served(under, port, Path.cwd(), "tracker.launch.served:app", {**build, **given, **more}) as served:
        yield served


@contextmanager
def floor(under: Ground) -> Iterator[Served]:
    """The least the framework can do: one handler that adds one to a counter, its state in the same Valkey."""
    port = embedded.free_port()
    given = {
        **web_build.QUIET,
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_WEB_WORKDIR": str(under.folder / "floor-web"),
        "REDIS_URL": under.valkey.replace("/0", "/1"),
    }
    with _served(under, port, FLOOR, "floor.floor:app", given) as served:
        yield served


@contextmanager
def _served(under: Ground, port: int, cwd: Path, target: str, given: Mapping[str, str]) -> Iterator[Served]:
    words = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    log = under.folder / f"{target.partition('.')[0]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *words, "--no-access-log", "--factory", target],
            env={**environments.of_web(), "REFLEX_DIR": str(under.folder / "reflex"), **given},
            cwd=cwd,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(port, process, log)
        yield Served(port, process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/ping").status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not ready in {PATIENCE} s: {log.read_text()}")
