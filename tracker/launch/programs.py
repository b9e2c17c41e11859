"""The programs that make up Pursuit beside its servers: how each is called and with what environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker import web_build
from tracker.launch import environments, listening
from tracker.settings import CHECKOUT, Settings

CONNECTIONS = 8_000
"""How many connections the web server holds at once."""
HEADER_MILLISECONDS = 10_000
"""How long a connection may take to send a request's headers before it is closed."""


@dataclass(frozen=True)
class Program:
    """One program the supervisor keeps running: what to call it, its whole environment, its seconds to stop."""

    name: str
    title: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    grace: float = 15
    cwd: Path = CHECKOUT
    shown: bool = False


def web(given: Settings, folder: Path, build: Path) -> Program:
    """The web server on the address of `given`, serving `build`."""
    return Program("web", "web server", web_command(given), web_environment(folder, build))


def workers(number: int, *, backs_up: bool = False) -> Program:
    """So many workers, each of which runs jobs and keeps the schedule; `backs_up` as in `environments.of_worker`."""
    command = [sys.executable, "-m", "tracker", "worker", "--processes", str(number)]
    return Program(
        "worker", "workers" if number > 1 else "worker", command, environments.of_worker(backs_up=backs_up)
    )


def migration() -> Program:
    """The command that brings the database to this version's schema, and ends."""
    return _command("migrate")


def demo() -> Program:
    """The command that fills an empty installation with the demo, and ends."""
    return _command("seed", "--demo")


def _command(*words: str) -> Program:
    title = " ".join(words)
    return Program(words[0], title, [sys.executable, "-m", "tracker", *words], environments.of_upkeep())


def reloading_worker() -> Program:
    """The worker for contributors, begun again at each change of a Python file."""
    watch = [sys.executable, "-m", "watchfiles", "--filter", "python", f"{sys.executable} -m tracker worker"]
    return Program("worker", "worker", [*watch, "tracker", "worker"], environments.of_worker())


def web_command(given: Settings) -> list[str]:
    """How Granian is called to serve Pursuit in this environment's settings."""
    address = listening.address_of(given.host, given.port)
    return granian(
        address, given.port, "tracker.launch.served:app", kill_timeout=10, processes=given.web_process_count
    )


def granian(address: str, port: int, target: str, *, kill_timeout: int, processes: int = 1) -> list[str]:
    """Return the command that serves `target`; each process gets `kill_timeout` seconds to stop.

    Granian counts idle connections against its backpressure, so its default of 1,024 lets them lock everyone out.
    It closes a connection that sends nothing only where it needn't wait to tell HTTP/1 from HTTP/2.
    """
    options = {
        "--interface": "asgi",
        "--host": address,
        "--port": str(port),
        "--workers": str(processes),
        "--workers-kill-timeout": str(kill_timeout),
        "--http": "1",
        "--backpressure": str(CONNECTIONS),
        "--http1-header-read-timeout": str(HEADER_MILLISECONDS),
    }
    words = [word for pair in options.items() for word in pair]
    if processes > 1:
        words.append("--respawn-failed-workers")
    return [sys.executable, "-m", "granian", *words, "--no-access-log", "--factory", target]


def web_environment(folder: Path, build: Path) -> dict[str, str]:
    """What the web server needs in its environment."""
    return {**environments.of_web(), **web_build.environment(build), "REFLEX_DIR": str(folder / "reflex")}


def become(program: Program) -> None:
    """Turns this process into `program`; never returns."""
    os.chdir(program.cwd)
    os.execve(program.command[0], program.command, program.environment)  # noqa: S606
