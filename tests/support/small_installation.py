"""Small installation: real supervisor and servers, with stand-ins for web server and worker."""

import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.launch import CannotStart, log_files, programs, supervisor
from tracker.launch import folder as folders
from tracker.launch.programs import Program
from tracker.settings import Settings

ANSWER = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""
WAIT = "import signal; signal.pause()"
FAIL = "print('no such table'); raise SystemExit(3)"
TALK = "import time\nwhile True: print('word ' * 1000, flush=True); time.sleep(0.01)"
STUBBORN = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); signal.pause()"
)


def page() -> Callable[..., Awaitable[None]]:
    """Return an application for Granian that answers with its process id."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

    return answer


def granian(host: str, port: int) -> list[str]:
    """Return the command that serves Pursuit, with `page` as the application."""
    settings = Settings.model_validate({"PURSUIT_HOST": host, "PURSUIT_PORT": port})
    return [*programs.web_command(settings)[:-1], "tests.support.small_installation:page"]


def version(path: Path) -> Callable[[], str]:
    """Return a function that reads the installed version from a file."""
    return lambda: path.read_text() if path.exists() else ""


def main(folder: Path, port: int, kind: str) -> int:
    """Run the supervisor over `folder`; `kind` chooses how its programs behave."""
    supervisor.FIRST_PAUSE, supervisor.LONGEST_PAUSE = 0.01, 0.05
    folders.LEAST_FREE_MB = 40 if kind == "small" else folders.LEAST_FREE_MB
    log_files.MAX_BYTES = 20_000 if kind == "talkative" else log_files.MAX_BYTES
    worker = {"failing": FAIL, "stubborn": STUBBORN, "talkative": TALK}.get(kind, WAIT)
    web = WAIT if kind == "silent" else ANSWER
    host = "localhost" if kind == "localhost" else "127.0.0.1"
    command = (
        granian(host, port) if kind in ("granian", "localhost") else [sys.executable, "-c", web, str(port)]
    )
    parts = [
        Program("worker", "worker", [sys.executable, "-c", worker], dict(os.environ), grace=0.5),
        Program("web", "web server", command, dict(os.environ), grace=5),
    ]
    address = f"http://127.0.0.1:{port}"
    versions = {"programs_code": version(folder / "code"), "packages_code": version(folder / "packages")}
    early = parts.pop() if kind in ("early", "unprepared") else None

    def prepare(_: supervisor.Supervisor) -> list[Program]:
        if kind == "unprepared":
            raise CannotStart("The database can't be prepared.")
        return parts

    plan = supervisor.Plan(folder, "127.0.0.1", port, address, prepare, ready_within=20, **versions)
    if early:
        plan = replace(plan, early=lambda: [early])
    return supervisor.Supervisor(plan).run()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    except CannotStart as error:
        sys.exit(error.message)
