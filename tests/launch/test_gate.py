"""A program that loads early serves only after the database is prepared."""

import subprocess
import sys
from pathlib import Path

from tests.support.supervised import wait_until
from tracker.launch import gate
from tracker.settings import CHECKOUT

WAITS = (
    "from tracker.launch import gate; print('loaded', flush=True); gate.wait(); print('serves', flush=True)"
)
CLOSES = """
import pathlib, signal, sys
from tracker.launch import gate
with gate.closed(pathlib.Path(sys.argv[1])):
    print('closed', flush=True)
    signal.pause()
"""


def begin(folder: Path, script: str) -> subprocess.Popen[str]:
    """Start a script that waits at, or closes, the gate of a data folder."""
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.Popen(
        command, env=gate.environment(folder), cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )


def test_a_program_waits_until_the_gate_opens(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with gate.closed(tmp_path):
        waiting = begin(tmp_path, WAITS)
        assert waiting.stdout
        assert waiting.stdout.readline() == "loaded\n"
        wait_until(lambda: is_blocked(waiting.pid))
        assert waiting.poll() is None
    assert waiting.communicate()[0] == "serves\n"


def test_the_gate_opens_when_its_owner_is_killed(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    closing = begin(tmp_path, CLOSES)
    assert closing.stdout
    assert closing.stdout.readline() == "closed\n"
    waiting = begin(tmp_path, WAITS)
    closing.kill()
    closing.communicate()
    assert waiting.communicate()[0] == "loaded\nserves\n"


def test_a_program_without_a_gate_serves_at_once() -> None:
    gate.wait()


def is_blocked(process: int) -> bool:
    """Tell whether a process waits for a lock on a file."""
    return "flock" in Path(f"/proc/{process}/wchan").read_text() or any(
        f" {process} " in line and "->" in line for line in Path("/proc/locks").read_text().splitlines()
    )
