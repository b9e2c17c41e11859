"""Which processes belong to a child of the supervisor: found by session, mark or folder, not by their parent."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import psutil  # type: ignore[import-untyped]

MARK = "PURSUIT_LAUNCHED_IN"
"""The environment variable that names the data folder a process was started for."""
NAME_MARK = "PURSUIT_LAUNCHED_AS"
"""The environment variable that names the child a process belongs to."""


def marks(folder: Path, name: str) -> dict[str, str]:
    """Return the environment variables by which a child, and whatever it starts, is found again."""
    return {MARK: str(folder), NAME_MARK: name}


def session_of(leader: int, created: float) -> int | None:
    """Return the session that `leader` began at `created`, or None when that number can be another process's by now.

    A session keeps its number after its leader's death, but not after a reboot.
    """
    try:
        is_same = abs(psutil.Process(leader).create_time() - created) <= 1
    except psutil.NoSuchProcess:
        is_same = created >= psutil.boot_time()
    return leader if is_same else None


def members(folder: Path, name: str, session: int | None) -> list[psutil.Process]:
    """Return every live process of the child `name` of `folder`, whether or not its leader still lives.

    PostgreSQL's backends leave the session and overwrite their environment, but work in the server's folder.
    """
    own = [process for process in psutil.process_iter() if process.pid != os.getpid()]
    return [process for process in own if _belongs(process, folder, name, session)]


def names_in_use(folder: Path) -> set[str]:
    """Return the names of the children of `folder` that any live process is marked with."""
    marks = [_environment(process) for process in psutil.process_iter() if process.pid != os.getpid()]
    return {known[NAME_MARK] for known in marks if known.get(MARK) == str(folder) and NAME_MARK in known}


def end(processes: Iterable[psutil.Process]) -> None:
    """Kill processes and wait until they are gone."""
    doomed = list(processes)
    for process in doomed:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(doomed, timeout=5)


def _belongs(process: psutil.Process, folder: Path, name: str, session: int | None) -> bool:
    try:
        known = _environment(process)
        if process.status() == psutil.STATUS_ZOMBIE or known.get(MARK, str(folder)) != str(folder):
            return False
        if NAME_MARK in known:
            return known[NAME_MARK] == name
        return os.getsid(process.pid) == session or _works_in(process, folder / name)
    except (psutil.Error, OSError):
        return False


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        return dict(process.environ())
    except (psutil.Error, OSError):
        return {}


def _works_in(process: psutil.Process, home: Path) -> bool:
    """Whether a process works in a server's folder; the operator's shell may do so too, but isn't named so."""
    with contextlib.suppress(psutil.Error):
        return process.name().startswith(("postgres", "valkey")) and Path(process.cwd()).is_relative_to(home)
    return False
