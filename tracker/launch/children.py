"""Child processes: started in a session of their own, remembered on disk, stopped for certain."""

import contextlib
import json
import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tracker.launch import belonging
from tracker.launch.account import Account, as_account
from tracker.launch.parent_death import tied_to
from tracker.logs import escaped

DISK_FULL = "the disk is full"
FULL = ("No space left on device", "ENOSPC", "Disk quota exceeded")


@dataclass
class Child:
    """One running child with the signal that asks it to stop and the seconds it may take."""

    name: str
    process: subprocess.Popen[bytes]
    created: float
    folder: Path
    log: Path
    record: Path
    stop_signal: int
    grace: float
    log_begins: int = 0

    @property
    def said(self) -> str:
        """What it has written to its log, without what earlier ones of its name wrote there."""
        if not self.log.exists():
            return ""
        begins = self.log_begins if self.log_begins <= self.log.stat().st_size else 0
        with self.log.open("rb") as log:
            log.seek(begins)
            return log.read().decode(errors="replace")

    @property
    def last_words(self) -> str:
        """Why it went, as far as its log tells."""
        return reason(self.said)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Asks it to stop, waits its time, then ends whatever is left of it; may be called twice."""
        if self.alive:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        if self.alive:
            self.process.kill()
            self.process.wait()
        self.sweep()
        self.record.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Ends what its leader began and left behind, such as the workers of a server that was killed."""
        session = belonging.session_of(self.process.pid, self.created)
        belonging.end(belonging.members(self.folder, self.name, session))


def start(
    name: str,
    command: list[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
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
        log_begins = output.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=None if shown else output,
            stderr=None if shown else subprocess.STDOUT,
            cwd=cwd,
            env={**environment, **belonging.marks(folder, name)},
            start_new_session=True,
            preexec_fn=tied_to(os.getpid(), stop_signal),  # noqa: PLW1509 - only this ties a child to its parent's life
            **as_account(account),
        )
    try:
        created, record = _registered(folder, name, process, port, given)
    except BaseException:  # such as a full disk: nobody would know of it
        process.kill()
        process.wait()
        raise
    return Child(name, process, created, folder, log, record, stop_signal, grace, log_begins)


def _registered(
    folder: Path, name: str, process: subprocess.Popen[bytes], port: int | None, given: bytes | None
) -> tuple[float, Path]:
    """Hands a new process what it is to read, and notes on disk that it runs: when it began, and where that stands."""
    if given is not None:
        _give(process, given)
    created = psutil.Process(process.pid).create_time()
    record = folder / "run" / f"{name}.json"
    record.parent.mkdir(exist_ok=True)
    record.write_text(json.dumps({"pid": process.pid, "created": created, "port": port}))
    return created, record


def log_of(folder: Path, name: str) -> Path:
    """Where the child `name` of the data folder `folder` writes what it says."""
    log = folder / "log" / f"{name}.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return log


def reason(text: str) -> str:
    """The line that best says what went wrong: a full disk, else the last complaint, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(words in text for words in FULL):
        return DISK_FULL
    complaints = [
        line for line in lines if re.search(r"FATAL|PANIC|error|could not|failed", line, re.IGNORECASE)
    ]
    return escaped((complaints or lines or ["it said nothing"])[-1])


def stop_leftovers(folder: Path) -> list[str]:
    """Stops what an earlier start on `folder` left behind when it was killed; returns the names."""
    records = {record.stem: record for record in (folder / "run").glob("*.json")}
    stopped = []
    for name in sorted({*records, *belonging.names_in_use(folder)}, reverse=True):
        record = records.get(name)
        left = belonging.members(folder, name, _session(record) if record else None)
        if left:
            stopped.append(name)
            _ask_to_stop(left, signal.SIGINT if name == "postgres" else signal.SIGTERM)
        if record:
            record.unlink(missing_ok=True)
    return stopped


def _session(record: Path) -> int | None:
    """The session of the process that a record names."""
    try:
        known = json.loads(record.read_text())
        return belonging.session_of(int(known["pid"]), float(known["created"]))
    except (ValueError, KeyError, OSError):
        return None


def _ask_to_stop(processes: list[psutil.Process], number: int) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)
    _, alive = psutil.wait_procs(processes, timeout=5)
    belonging.end(alive)


def _give(process: subprocess.Popen[bytes], given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.write(given)
            process.stdin.close()
