"""No process outlives the part of Pursuit that it belongs to, whichever one is killed."""

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.support.server import serve
from tests.support.supervised import Installation, processes_of, wait_until
from tracker.launch import children, embedded, process_search

Install = Callable[..., Installation]
BEGINS_ANOTHER = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=bool(int(sys.argv[1])))
print("begun", flush=True)
import signal; signal.pause()
"""


def test_a_killed_granian_takes_its_worker_along(install: Install, folder: Path) -> None:
    running = install("granian")
    running.wait_for("ready:")
    main, before = running.child("web"), answering(running)
    assert before.pid != main.pid
    main.kill()
    running.wait_for("The web server was killed by SIGKILL")
    running.wait_for("The web server is running again.")
    assert not before.is_running()
    wait_until(lambda: answers(running), running)
    assert answering(running).ppid() == running.child("web").pid
    assert running.end() == 0
    assert processes_of(folder) == []


def test_ctrl_c_after_granian_was_killed_frees_the_port(install: Install, folder: Path) -> None:
    running = install("granian")
    running.wait_for("ready:")
    psutil.Process(running.process.pid).suspend()
    running.child("web").kill()
    running.process.send_signal(signal.SIGINT)
    psutil.Process(running.process.pid).resume()
    assert running.wait() == 0
    assert processes_of(folder) == []
    assert not answers(running)


def test_a_start_stops_the_worker_of_a_granian_that_died_with_its_supervisor(
    install: Install, folder: Path
) -> None:
    first = install("granian")
    first.wait_for("ready:")
    orphan = answering(first)
    for process in (psutil.Process(first.process.pid), first.child("web")):
        process.kill()
    first.wait()
    assert orphan.is_running()
    second = install("granian", port=first.port)
    second.wait_for("Stopped processes of an earlier start: web")
    second.wait_for("ready:")
    assert not orphan.is_running()
    assert second.end() == 0


@pytest.mark.parametrize("in_a_session_of_its_own", [0, 1])
@pytest.mark.parametrize("ends", ["stop", "leftovers"])
def test_the_processes_of_a_dead_child_are_stopped(
    folder: Path, in_a_session_of_its_own: int, ends: str
) -> None:
    command = [sys.executable, "-c", BEGINS_ANOTHER, str(in_a_session_of_its_own)]
    child = children.start("build", command, folder=folder, environment={})
    wait_until(lambda: "begun" in child.log.read_text())
    child.process.kill()
    child.process.wait()
    assert len(processes_of(folder)) == 1
    if ends == "stop":
        child.stop()
    else:
        assert children.stop_leftovers(folder) == ["build"]
    assert processes_of(folder) == []


def test_a_reused_process_id_is_not_mistaken_for_our_session(folder: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True)
    created = psutil.Process(other.pid).create_time()
    assert process_search.session_of(other.pid, created) == other.pid
    assert process_search.session_of(other.pid, created - 60) is None
    (folder / "run").mkdir()
    (folder / "run" / "web.json").write_text(f'{{"pid": {other.pid}, "created": {created - 60}}}')
    assert children.stop_leftovers(folder) == []
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_record_from_before_a_reboot_ends_no_process_of_today(folder: Path) -> None:
    leader = subprocess.Popen(
        [sys.executable, "-c", BEGINS_ANOTHER, "0"], stdout=subprocess.PIPE, start_new_session=True
    )
    assert leader.stdout
    assert leader.stdout.readline() == b"begun\n"
    [stranger] = psutil.Process(leader.pid).children()
    leader.kill()
    leader.wait()
    leader.stdout.close()
    (folder / "run").mkdir()
    record = folder / "run" / "web.json"
    record.write_text(f'{{"pid": {leader.pid}, "created": {psutil.boot_time() - 60}}}')
    assert children.stop_leftovers(folder) == []
    assert not record.exists()
    assert stranger.is_running()
    record.write_text(f'{{"pid": {leader.pid}, "created": {psutil.boot_time() + 60}}}')
    assert children.stop_leftovers(folder) == ["web"]


def test_a_query_does_not_outlive_its_killed_server(folder: Path) -> None:
    with embedded.start_postgres(folder) as server:
        busy = psycopg.connect(server.url.replace("+psycopg", ""))
        busy.execute("SET max_parallel_workers_per_gather = 0")
        backend = psutil.Process(busy.info.backend_pid)
        busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000) AS n WHERE n % 7 = 8")
        wait_until(lambda: backend.cpu_times().user > 0.2)
        server.child.process.kill()
        server.child.process.wait()
        assert backend.is_running()
        server.child.sweep()
        assert not backend.is_running()
        busy.close()
    embedded.start_postgres(folder).stop()


def test_the_children_of_an_unwatched_granian_end_with_it(
    servers_folder: Path, database_url: str, redis_url: str
) -> None:
    with serve(servers_folder) as served:
        children = psutil.Process(served.process.pid).children(recursive=True)
        served.process.kill()
        wait_until(lambda: not any(child.is_running() for child in children))


def answering(running: Installation) -> psutil.Process:
    """Return the process that answers at an installation's address."""
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/") as answer:
        return psutil.Process(int(answer.read()))


def answers(running: Installation) -> bool:
    """Return whether the port answers."""
    try:
        return bool(answering(running))
    except OSError:
        return False
