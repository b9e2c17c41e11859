"""Child processes: each in its own session, recorded on disk, and stopped reliably."""

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

from tracker.launch import process_search
from tracker.launch.account import Account, as_account
from tracker.logs import escaped
from tracker.parent_death import parent_death_signal

DISK_FULL = "the disk is full"
DISK_FULL_MESSAGES = ("No space left on device", "ENOSPC", "Disk quota exceeded")


@dataclass
class Child:
    """Running child process, with its stop signal and the seconds it may take to stop."""

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
    def output(self) -> str:
        """Return what the child wrote to its log, without the output of earlier children of this name."""
        if not self.log.exists():
            return ""
        begins = self.log_begins if self.log_begins <= self.log.stat().st_size else 0
        with self.log.open("rb") as log:
            log.seek(begins)
            return log.read().decode(errors="replace")

    @property
    def failure_reason(self) -> str:
        """Return the log's most informative line."""
        return reason(self.output)

    @property
    def alive(self) -> bool:
        """Return True while the process runs."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Stop the process, then kill its remaining processes; may be called twice."""
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
        """Kill processes that the leader left behind, such as the backends of a killed server."""
        session = process_search.session_of(self.process.pid, self.created)
        process_search.end(process_search.members(self.folder, self.name, session))


def start(
    name: str,
    command: list[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    account: Account | None = None,
    cwd: Path | None = None,
    stdin: bytes | None = None,
    stop_signal: int = signal.SIGTERM,
    grace: float = 10,
    port: int | None = None,
    shown: bool = False,
) -> Child:
    """Start `command` with its output in `folder`/log, or on the terminal if `shown`.

    `stdin` is written to its standard input. On Linux the kernel stops the child when the calling thread ends, so
    call this from a thread that lives as long as the child.
    """
    log = log_of(folder, name)
    with log.open("ab") as output:
        log_begins = output.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=None if shown else output,
            stderr=None if shown else subprocess.STDOUT,
            cwd=cwd,
            env={**environment, **process_search.marks(folder, name)},
            start_new_session=True,
            preexec_fn=parent_death_signal(os.getpid(), stop_signal),  # noqa: PLW1509 - nothing else ends a child with its parent
            **as_account(account),
        )
    try:
        created, record = _registered(folder, name, process, port, stdin)
    except BaseException:  # Such as a full disk: without a record, nothing would stop it later.
        process.kill()
        process.wait()
        raise
    return Child(name, process, created, folder, log, record, stop_signal, grace, log_begins)


def _registered(
    folder: Path, name: str, process: subprocess.Popen[bytes], port: int | None, stdin: bytes | None
) -> tuple[float, Path]:
    """Write the child's standard input and its record; return its creation time and the record's path."""
    if stdin is not None:
        _write_stdin(process, stdin)
    created = psutil.Process(process.pid).create_time()
    record = folder / "run" / f"{name}.json"
    record.parent.mkdir(exist_ok=True)
    # Not written in place: others read the record at any time, also while the disk is full.
    unfinished = record.with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"pid": process.pid, "created": created, "port": port}))
    unfinished.replace(record)
    return created, record


def log_of(folder: Path, name: str) -> Path:
    """Return the log file of the child `name`, and create its folder."""
    log = folder / "log" / f"{name}.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return log


def reason(text: str) -> str:
    """Return the most informative line: a full disk, else the last error, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(phrase in text for phrase in DISK_FULL_MESSAGES):
        return DISK_FULL
    complaints = [
        line for line in lines if re.search(r"FATAL|PANIC|error|could not|failed", line, re.IGNORECASE)
    ]
    return escaped((complaints or lines or ["no output"])[-1])


def stop_leftovers(folder: Path) -> list[str]:
    """Stop the processes of `folder` that a killed supervisor left behind; return their names."""
    records = {record.stem: record for record in (folder / "run").glob("*.json")}
    stopped = []
    for name in sorted({*records, *process_search.names_in_use(folder)}, reverse=True):
        record = records.get(name)
        leftovers = process_search.members(folder, name, _session(record) if record else None)
        if leftovers:
            stopped.append(name)
            _ask_to_stop(leftovers, signal.SIGINT if name == "postgres" else signal.SIGTERM)
        if record:
            record.unlink(missing_ok=True)
    return stopped


def _session(record: Path) -> int | None:
    """Return the session of the recorded process."""
    try:
        data = json.loads(record.read_text())
        return process_search.session_of(int(data["pid"]), float(data["created"]))
    except (ValueError, KeyError, OSError):
        return None


def _ask_to_stop(processes: list[psutil.Process], number: int) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)
    _, alive = psutil.wait_procs(processes, timeout=5)
    process_search.end(alive)


def _write_stdin(process: subprocess.Popen[bytes], stdin: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.write(stdin)
            process.stdin.close()
