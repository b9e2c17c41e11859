"""Child processes: started in a session of their own, remembered on disk, stopped for certain."""

import contextlib
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tracker.launch.account import Account, as_account

MARK = "PURSUIT_LAUNCHED_IN"
FULL = ("No space left on device", "ENOSPC", "Disk quota exceeded")
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Child:
    """One running child with the signal that asks it to stop and the seconds it may take."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    record: Path
    stop_signal: int
    grace: float

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Asks it to stop, waits its time, then ends whatever is left of its session; may be called twice."""
        members = session_members(self.process.pid) if self.alive else []
        if self.alive:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        if self.alive:
            self.process.kill()
            self.process.wait()
        _end(members)
        self.record.unlink(missing_ok=True)


def start(
    name: str,
    command: list[str],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    given: bytes | None = None,
    stop_signal: int = signal.SIGTERM,
    grace: float = 10,
    port: int | None = None,
    shown: bool = False,
) -> Child:
    """Starts `command` with its output in `folder`/log, or on the terminal when `shown`; it reads `given`.

    On Linux the kernel stops it when the thread that called this dies: call it from one that lives on.
    """
    log = log_of(folder, name)
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=None if shown else output,
            stderr=None if shown else subprocess.STDOUT,
            cwd=cwd,
            env={**(os.environ if environment is None else environment), MARK: str(folder)},
            start_new_session=True,
            preexec_fn=_tied_to(os.getpid(), stop_signal),  # noqa: PLW1509 - only this ties a child to its parent's life
            **as_account(account),
        )
    if given is not None:
        with contextlib.suppress(BrokenPipeError):
            _give(process, given)
    record = folder / "run" / f"{name}.json"
    record.parent.mkdir(exist_ok=True)
    created = psutil.Process(process.pid).create_time()
    record.write_text(json.dumps({"pid": process.pid, "created": created, "port": port}))
    return Child(name, process, log, record, stop_signal, grace)


def log_of(folder: Path, name: str) -> Path:
    """Where the child `name` of the data folder `folder` writes what it says."""
    log = folder / "log" / f"{name}.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return log


def last_words(log: Path) -> str:
    """Why a child went, as far as its log tells."""
    return reason(log.read_text(errors="replace")) if log.exists() else "it said nothing"


def reason(text: str) -> str:
    """The line that best says what went wrong: a full disk, else the last complaint, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(words in text for words in FULL):
        return "the disk is full"
    complaints = [
        line for line in lines if re.search(r"FATAL|PANIC|error|could not|failed", line, re.IGNORECASE)
    ]
    return (complaints or lines or ["it said nothing"])[-1]


def session_members(leader: int) -> list[psutil.Process]:
    """Every process in the session that `leader` began, the leader included."""
    members = []
    for process in psutil.process_iter():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(process.pid) == leader:
                members.append(process)
    return members


def stop_leftovers(folder: Path) -> list[str]:
    """Stops what an earlier start on `folder` left behind when it was killed; returns the names."""
    stopped = []
    for record in sorted((folder / "run").glob("*.json"), reverse=True):
        members = _leftovers(record, folder)
        if members:
            stopped.append(record.stem)
        for process in members:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGINT if record.stem == "postgres" else signal.SIGTERM)
        _, alive = psutil.wait_procs(members, timeout=5)
        _end(alive)
        record.unlink(missing_ok=True)
    return stopped


def _leftovers(record: Path, folder: Path) -> list[psutil.Process]:
    try:
        known = json.loads(record.read_text())
        pid, created = int(known["pid"]), float(known["created"])
    except (ValueError, KeyError, OSError):
        return []
    with contextlib.suppress(psutil.NoSuchProcess):
        if abs(psutil.Process(pid).create_time() - created) > 1:
            return []
    return [process for process in session_members(pid) if _ours(process, folder)]


def _ours(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK, str(folder)) == str(
            folder
        )
    except psutil.Error:
        return False


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=5)


def _give(process: subprocess.Popen[bytes], given: bytes) -> None:
    if process.stdin:
        process.stdin.write(given)
        process.stdin.close()


def _tied_to(parent: int, stop_signal: int) -> Callable[[], None] | None:
    """What makes the kernel send `stop_signal` when the parent dies, however it dies (Linux only)."""
    if _libc is None:
        return None
    prctl, set_parent_death_signal = _libc.prctl, 1

    def tie() -> None:
        prctl(set_parent_death_signal, stop_signal)
        if os.getppid() != parent:
            os._exit(1)

    return tie
