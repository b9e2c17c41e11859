"""Logs rotate by size, and user input can't forge lines."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.supervised import Installation, wait_until
from tracker.launch import children, log_files
from tracker.logs import escaped

FORGED = "x\n2026-11-28 09:00:00,000 WARNING tracker.sign_in Signed in as root\r\x1b[2K\x1b]0;title\x07\u2028\x85\u202egnp\ud800"
SAYS = f"""
import logging, sys, warnings
from tracker import logs
logs.configure()
evil = {FORGED!r}
log = logging.getLogger("tracker.test")
log.warning("Refused %s", evil)
logging.getLogger(evil).error("named")
print(evil)
print(evil, file=sys.stderr)
warnings.warn(evil)
logging.getLogger("_granian").error("Application callable raised: " + evil)
try:
    raise ValueError(evil)
except ValueError:
    log.exception("It broke", stack_info=True)
"""
BEGINNING = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING|ERROR) \S")


def test_no_line_of_a_log_can_be_forged() -> None:
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, check=True)
    lines = done.stderr.decode().split("\n")[:-1]
    assert done.stdout == b""
    assert any("Refused x\\n2026-11-28" in line for line in lines)
    for line in lines:
        assert line.isprintable(), line
        assert BEGINNING.match(line) or line.startswith("    | "), line
        forged = line.startswith("2026-11-28 09:00:00")
        assert not forged, line


def test_a_traceback_keeps_its_lines() -> None:
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, check=True)
    assert "    | Traceback (most recent call last):\n" in done.stderr.decode()


@pytest.mark.parametrize("text", ["plain", "naïve 数据 🎉", "a\\nb"])
def test_printable_text_stays_unchanged(text: str) -> None:
    assert escaped(text) == text


def test_the_last_output_of_a_child_is_safe_on_a_terminal() -> None:
    assert children.reason("fatal error: \x1b[31mred\x07") == "fatal error: \\x1b[31mred\\x07"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_the_reason_of_a_failure_even_if_other_errors_follow(number: int) -> None:
    output = (
        f"initdb: error: could not write: {os.strerror(number)}\ninitdb: error: removing the folder failed\n"
    )
    assert children.reason(output) == children.DISK_FULL


def test_a_log_moves_on_while_it_is_written_to(folder: Path) -> None:
    (folder / "log").mkdir()
    with (folder / "log" / "web.log").open("ab", buffering=0) as log:
        for number in range(5):
            log.write(f"line {number}\n".encode() * 10)
            log_files.rotate_all(folder, max_bytes=50)
        log.write(b"after\n")
    names = sorted(path.name for path in (folder / "log").iterdir())
    assert names == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert (folder / "log" / "web.log").read_bytes() == b"after\n"
    assert (folder / "log" / "web.log.1").read_text().startswith("line 4\n")


def test_the_log_of_a_running_child_stays_small(install: Callable[..., Installation], folder: Path) -> None:
    running = install("talkative")
    running.wait_for("ready:")
    older = folder / "log" / "worker.log.1"
    wait_until(older.exists, running)
    first = older.stat().st_ino
    wait_until(lambda: older.exists() and older.stat().st_ino != first, running)
    assert running.end() == 0
