"""Search for a child's processes by session, environment marker or folder, not by their parent."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import psutil  # type: ignore[import-untyped]

MARK = "PURSUIT_LAUNCHED_IN"
"""Environment variable with the data folder that a process was started for."""
NAME_MARK = "PURSUIT_LAUNCHED_AS"
"""Environment variable with the name of the child that a process belongs to."""


def marks(folder: Path, name: str) -> dict[str, str]:
    """Return the environment variables that mark a child and its descendants."""
    return {MARK: str(folder), NAME_MARK: name}


def session_of(leader: int, created: float) -> int | None:
    """Return the session that `leader` began at `created`; None when its number may have been reused.

    A session keeps its number after its leader's death, but not after a reboot.
    """
    try:
        is_same = abs(psutil.Process(leader).create_time() - created) <= 1
    except psutil.NoSuchProcess:
        is_same = created >= psutil.boot_time()
    return leader if is_same else None


def members(folder: Path, name: str, session: int | None) -> list[psutil.Process]:
    """Return every live process of the child `name` of `folder`, even when its leader is dead.

    PostgreSQL's backends leave the session and overwrite their environment, but work in the server's folder.
    """
    others = [process for process in psutil.process_iter() if process.pid != os.getpid()]
    return [process for process in others if _belongs(process, folder, name, session)]


def names_in_use(folder: Path) -> set[str]:
    """Return the names of the children of `folder` that have live processes."""
    marks = [_environment(process) for process in psutil.process_iter() if process.pid != os.getpid()]
    return {
        environment[NAME_MARK]
        for environment in marks
        if environment.get(MARK) == str(folder) and NAME_MARK in environment
    }


def end(processes: Iterable[psutil.Process]) -> None:
    """Kill processes and wait until they are gone."""
    remaining = list(processes)
    for process in remaining:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(remaining, timeout=5)


def _belongs(process: psutil.Process, folder: Path, name: str, session: int | None) -> bool:
    try:
        environment = _environment(process)
        if process.status() == psutil.STATUS_ZOMBIE or environment.get(MARK, str(folder)) != str(folder):
            return False
        if NAME_MARK in environment:
            return environment[NAME_MARK] == name
        return os.getsid(process.pid) == session or _works_in(process, folder / name)
    except (psutil.Error, OSError):
        return False


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        return dict(process.environ())
    except (psutil.Error, OSError):
        return {}


def _works_in(process: psutil.Process, home: Path) -> bool:
    """Return True for a server process that works in this folder; an operator's shell may be in it too."""
    with contextlib.suppress(psutil.Error):
        return process.name().startswith(("postgres", "valkey")) and Path(process.cwd()).is_relative_to(home)
    return False
