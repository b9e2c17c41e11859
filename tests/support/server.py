"""Pursuit as in production, in a process of its own, for tests that need a real server."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from tests.support.plain_http import NO_CERTIFICATES
from tracker import one_time_address
from tracker.launch import embedded, programs, web_build
from tracker.settings import CHECKOUT

TIMEOUT = 120
ROOMY = {"SIGN_INS_A_MINUTE": "100000", "SOCKETS_PER_MINUTE": "100000"}
"""Limits that tests don't reach, although all come from one address."""


@dataclass
class WebServer:
    """Running Pursuit: its address, process and log."""

    origin: str
    port: int
    log: Path
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def sign_in_address(self) -> str:
        """Return a fresh one-time address of the local account, as `tracker sign-in` prints it."""
        return one_time_address.issue(self.folder, self.origin)

    def client(self, **options: object) -> httpx2.Client:
        """Return a client that keeps cookies and doesn't follow redirects."""
        return httpx2.Client(
            base_url=self.origin, headers={"Origin": self.origin}, verify=NO_CERTIFICATES, **options
        )

    @property
    def output(self) -> str:
        """Return the log."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill its processes as `kill -9` does."""
        parent = psutil.Process(self.process.pid)
        for process in [parent, *parent.children(recursive=True)]:
            process.kill()


@contextmanager
def serve(
    folder: Path, *, pages: bool = False, target: str = "tracker.launch.web_app:app", **environment: str
) -> Iterator[WebServer]:
    """Serve Pursuit on a free loopback port, ready when this yields; with `pages`, the interface too."""
    port = int(environment.get("PURSUIT_PORT") or embedded.free_port())
    log = folder / f"web-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            programs.granian(
                "127.0.0.1",
                port,
                target,
                kill_timeout=5,
                processes=int(environment.get("PURSUIT_WEB_PROCESSES", 1)),
            ),
            env=_environment(folder, port, pages, environment),
            cwd=CHECKOUT,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    origin = environment.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"
    served = WebServer(origin, port, log, process, Path(environment.get("PURSUIT_DATA_DIR") or folder))
    try:
        _wait(served)
        yield served
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def _environment(folder: Path, port: int, pages: bool, extra: Mapping[str, str]) -> dict[str, str]:
    (folder / "log").mkdir(exist_ok=True)
    quiet = {**web_build.QUIET, "__REFLEX_SKIP_COMPILE": "true", "REFLEX_DIR": str(folder / "reflex")}
    build = web_build.environment(web_build.ensure(port, folder)) if pages else quiet
    own = {"PURSUIT_PORT": str(port), "PURSUIT_DATA_DIR": str(folder)}
    return {**os.environ, **ROOMY, **own, **quiet, **build, **extra}


def _wait(served: WebServer) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        assert served.process.poll() is None, served.output
        try:
            if (
                httpx2.get(f"http://127.0.0.1:{served.port}/readyz", verify=NO_CERTIFICATES).status_code
                == 200
            ):
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not ready in {TIMEOUT} s: {served.output}")
