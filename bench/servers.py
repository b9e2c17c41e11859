"""Servers under measurement, as in production: PostgreSQL, Valkey, Pursuit, the framework's floor."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tracker.launch import embedded, environments, programs, roles, schema, web_build

FLOOR = Path(__file__).resolve().parent / "floor"
TIMEOUT = 60


@dataclass(frozen=True)
class Backends:
    """Addresses of the backing servers, and PostgreSQL's log.

    `database` is the URL of the application's role, `owner` that of the tables' owner, in libpq's form.
    """

    folder: Path
    database: str
    owner: str
    valkey: str
    log: Path


@dataclass(frozen=True)
class WebServer:
    """Port and process of a running web server."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def origin(self) -> str:
        """Return the server's address for a browser."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def start_backends(folder: Path) -> Iterator[Backends]:
    """Start the embedded servers over a data folder of the benchmark, at the newest schema."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    with embedded.start_postgres(folder) as postgres, embedded.start_valkey(folder) as valkey:
        url, owner = postgres.app_url, postgres.url
        os.environ.update(DATABASE_URL=url, MIGRATION_DATABASE_URL=owner, REDIS_URL=valkey.url)
        schema.migrate_and_grant()
        assert not roles.bypassing_role(url), "Pursuit must be measured as the role that production uses"
        yield Backends(folder, url, owner.replace("+psycopg", ""), valkey.url, postgres.child.log)


@contextmanager
def pursuit(
    backends: Backends, *, for_browsers: bool = False, processes: int = 1, **extra: str
) -> Iterator[WebServer]:
    """Serve Pursuit as in production; the built interface names the port only if browsers use it."""
    port = embedded.free_port()
    built_for = port if for_browsers else web_build.BUILT_PORT
    build = web_build.environment(web_build.ensure(built_for, backends.folder))
    environment = {"DATABASE_URL": backends.database, "REDIS_URL": backends.valkey, "PURSUIT_PORT": str(port)}
    target, environment = "tracker.launch.web_app:app", {**build, **environment, **extra}
    with _serve(backends, port, Path.cwd(), target, environment, processes) as server:
        yield server


@contextmanager
def floor(backends: Backends) -> Iterator[WebServer]:
    """Serve the framework's floor: a handler that increments a counter, its state in the same Valkey."""
    port = embedded.free_port()
    environment = {
        **web_build.QUIET,
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_WEB_WORKDIR": str(backends.folder / "floor-web"),
        "REDIS_URL": backends.valkey.replace("/0", "/1"),
    }
    with _serve(backends, port, FLOOR, "floor.floor:app", environment) as server:
        yield server


@contextmanager
def _serve(
    backends: Backends, port: int, cwd: Path, target: str, environment: Mapping[str, str], processes: int = 1
) -> Iterator[WebServer]:
    log = backends.folder / f"{target.partition('.')[0]}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            programs.granian("127.0.0.1", port, target, kill_timeout=TIMEOUT, processes=processes),
            env={**environments.of_web(), "REFLEX_DIR": str(backends.folder / "reflex"), **environment},
            cwd=cwd,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(port, process, log)
        yield WebServer(port, process)
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/ping").status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not ready in {TIMEOUT} s: {log.read_text()}")
