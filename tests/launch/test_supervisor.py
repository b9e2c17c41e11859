"""One command starts and stops all processes, whatever happens in between."""

import re
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.support.supervised import Installation, processes_of, wait_until
from tracker.launch import CannotStart
from tracker.launch import folder as folders

Install = Callable[..., Installation]


def test_ctrl_c_stops_everything_in_order_and_leaves_no_process(install: Install, folder: Path) -> None:
    running = install()
    running.wait_for(f"Pursuit is ready: http://127.0.0.1:{running.port}")
    assert len(processes_of(folder)) >= 4
    assert running.end(signal.SIGINT) == 0
    assert re.findall(r"Stopped (.*?)  ", running.output) == [
        "the web server",
        "the worker",
        "Valkey",
        "PostgreSQL",
    ]
    assert processes_of(folder) == []
    assert list((folder / "run").glob("*.json")) == []


def test_a_program_that_loads_early_starts_first_and_stops_first(install: Install, folder: Path) -> None:
    running = install("early")
    running.wait_for("ready:")
    begun = re.findall(r"(?:Starting the|Starting|Waiting) (.*?)  ", running.output)
    assert begun == ["web server", "PostgreSQL", "Valkey", "until Pursuit is ready", "worker"]
    assert running.end() == 0
    assert re.findall(r"Stopped (.*?)  ", running.output)[0] == "the web server"
    assert processes_of(folder) == []


def test_a_program_that_loaded_early_is_ended_where_the_database_cannot_be_prepared(
    install: Install, folder: Path
) -> None:
    running = install("unprepared")
    assert running.wait() == 1
    assert "The database can't be prepared." in running.output
    assert processes_of(folder) == []


def test_a_second_start_finds_the_data_and_keeps_the_log_of_the_first(install: Install, folder: Path) -> None:
    first = install()
    first.wait_for("ready:")
    assert first.end(signal.SIGTERM) == 0
    second = install()
    second.wait_for("ready:")
    assert second.end(signal.SIGHUP) == 0
    assert (folder / "log" / "postgres.log.1").exists()


def test_a_killed_supervisor_does_not_block_the_next_start(install: Install, folder: Path) -> None:
    first = install()
    first.wait_for("ready:")
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    second = install(port=first.port)
    second.wait_for("ready:")
    assert second.end() == 0
    assert processes_of(folder) == []


def test_processes_that_outlive_a_killed_supervisor_are_stopped_by_the_next_start(
    install: Install, folder: Path
) -> None:
    first = install("stubborn")
    first.wait_for("ready:")
    stubborn = first.child("worker")
    first.end(signal.SIGKILL)
    assert stubborn.is_running()
    second = install()
    second.wait_for("Stopped processes of an earlier start: worker")
    second.wait_for("ready:")
    assert not stubborn.is_running()


def test_all_programs_killed_at_once_leave_nothing_that_blocks_the_next_start(install: Install) -> None:
    first = install()
    first.wait_for("ready:")
    children = [first.child(name) for name in ("postgres", "valkey", "worker", "web")]
    for process in [psutil.Process(first.process.pid), *children]:
        process.kill()
    first.wait()
    second = install(port=first.port)
    second.wait_for("ready:")
    assert second.end() == 0


def test_a_second_start_on_the_same_folder_names_the_address_of_the_first(install: Install) -> None:
    first = install()
    first.wait_for("ready:")
    second = install()
    assert second.wait() == 1
    served = f"http://127.0.0.1:{first.port} (process {first.process.pid})"
    assert second.output.splitlines() == [f"Pursuit already runs on {first.folder}: {served}."]


def test_a_taken_port_gives_one_line_that_names_the_option(install: Install, folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = install(port=port)
        assert refused.wait() == 1
    line = f"Port {port} on 127.0.0.1 is in use by another program: choose another with --port."
    assert refused.output.splitlines()[-1] == line
    assert processes_of(folder) == []


def test_a_nearly_full_disk_gives_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LEAST_FREE_MB", 10**9)
    with pytest.raises(CannotStart, match="nearly full") as refusal:
        folders.prepare(folder)
    assert "\n" not in refusal.value.message


def test_a_program_that_dies_is_started_again(install: Install) -> None:
    running = install()
    running.wait_for("ready:")
    running.child("worker").kill()
    running.wait_for("The worker was killed by SIGKILL; restarting it")
    running.wait_for("The worker is running again.")
    assert running.end() == 0


def test_a_program_that_dies_after_the_code_was_replaced_starts_again_with_all_the_others(
    install: Install, folder: Path
) -> None:
    running = install()
    running.wait_for("ready:")
    before = running.child("worker")
    (folder / "code").write_text("newer")
    running.child("web").kill()
    running.wait_for("The web server was killed by SIGKILL, and the code has changed: restarting everything.")
    wait_until(lambda: running.output.count("ready:") == 2, running)
    assert running.child("worker").pid != before.pid
    running.child("web").kill()
    running.wait_for("The web server is running again.")
    assert running.end() == 0
    assert processes_of(folder) == []


def test_replaced_packages_are_named_with_what_to_do(install: Install, folder: Path) -> None:
    running = install()
    running.wait_for("ready:")
    (folder / "packages").write_text("newer")
    running.child("web").kill()
    running.wait_for("packages have changed: stop Pursuit and start it with bin/run.")
    running.wait_for("The web server is running again.")
    assert running.end() == 0


def test_a_database_that_dies_comes_back_at_the_same_port(install: Install) -> None:
    running = install()
    running.wait_for("ready:")
    before = {name: port_of(running.child(name)) for name in ("postgres", "valkey")}
    for name in before:
        running.child(name).kill()
    running.wait_for("PostgreSQL is running again.")
    running.wait_for("Valkey is running again.")
    assert {name: port_of(running.child(name)) for name in before} == before


def test_a_program_that_keeps_failing_ends_everything_and_shows_its_last_output(
    install: Install, folder: Path
) -> None:
    running = install("failing")
    assert running.wait() == 1
    assert "no such table" in running.output
    assert "The worker" in running.output.splitlines()[-1]
    assert processes_of(folder) == []


def test_a_program_that_will_not_stop_is_ended(install: Install, folder: Path) -> None:
    running = install("stubborn")
    running.wait_for("ready:")
    wait_until(lambda: "here" in (folder / "log" / "worker.log").read_text())
    assert running.end() == 0
    assert processes_of(folder) == []


def test_ctrl_c_during_startup_stops_the_started_programs(install: Install, folder: Path) -> None:
    running = install("silent")
    wait_until((folder / "run" / "web.json").exists, running)
    assert running.end() == 0
    assert "ready:" not in running.output
    assert processes_of(folder) == []


def port_of(process: psutil.Process) -> int:
    """Return the port that `process` listens on, after it has started."""

    def ports() -> list[int]:
        return [
            connection.laddr.port
            for connection in process.net_connections()
            if connection.status == psutil.CONN_LISTEN
        ]

    wait_until(lambda: bool(ports()))
    return ports()[0]
