"""Commands and environments of the programs that the supervisor runs."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.launch import environments, listen_address, web_build
from tracker.settings import CHECKOUT, Settings

CONNECTIONS = 8_000
"""Connections that the web server accepts at once."""
HEADER_MILLISECONDS = 10_000
"""Milliseconds that a client may take to send a request's headers."""


@dataclass(frozen=True)
class Program:
    """Program that the supervisor runs, with its environment and the seconds it may take to stop."""

    name: str
    title: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    grace: float = 15
    cwd: Path = CHECKOUT
    shown: bool = False


def web(config: Settings, folder: Path, build: Path) -> Program:
    """Return the web server that serves `build` on the configured address."""
    return Program("web", "web server", web_command(config), web_environment(folder, build))


def workers(number: int, *, backs_up: bool = False) -> Program:
    """Return `number` workers that run jobs and the schedule; `backs_up` as in `environments.of_worker`."""
    command = [sys.executable, "-m", "tracker", "worker", "--processes", str(number)]
    return Program(
        "worker", "workers" if number > 1 else "worker", command, environments.of_worker(backs_up=backs_up)
    )


def migration() -> Program:
    """Return the command that migrates the database."""
    return _command("migrate")


def demo() -> Program:
    """Return the command that loads the demo data."""
    return _command("seed", "--demo")


def _command(*words: str) -> Program:
    title = " ".join(words)
    return Program(words[0], title, [sys.executable, "-m", "tracker", *words], environments.of_upkeep())


def reloading_worker() -> Program:
    """Return a worker that restarts when a Python file changes."""
    watch = [sys.executable, "-m", "watchfiles", "--filter", "python", f"{sys.executable} -m tracker worker"]
    return Program("worker", "worker", [*watch, "tracker", "worker"], environments.of_worker())


def web_command(config: Settings) -> list[str]:
    """Return the command line of Granian for the current settings."""
    address = listen_address.bind_address(config.host, config.port)
    return granian(
        address,
        config.port,
        "tracker.launch.web_app:app",
        kill_timeout=10,
        processes=config.web_process_count,
    )


def granian(address: str, port: int, target: str, *, kill_timeout: int, processes: int = 1) -> list[str]:
    """Return the command that serves `target`; each process gets `kill_timeout` seconds to stop.

    Granian counts idle connections against its backpressure, so its default of 1,024 lets them lock everyone out.
    It closes idle connections only when HTTP/2 is off.
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
    """Return the environment of the web server."""
    return {**environments.of_web(), **web_build.environment(build), "REFLEX_DIR": str(folder / "reflex")}


def become(program: Program) -> None:
    """Replace this process with `program`."""
    os.chdir(program.cwd)
    os.execve(program.command[0], program.command, program.environment)  # noqa: S606
