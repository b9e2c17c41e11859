"""Supervisor of `tracker up`: starts the processes in order, watches them and stops them in reverse."""

import errno
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tracker.disk import is_full
from tracker.launch import CannotStart, children, code_version, embedded, gate, log_files, writable
from tracker.launch import folder as folders
from tracker.launch.listen_address import answers, loopback_host, require_free_port
from tracker.launch.programs import Program
from tracker.launch.terminal import say, step
from tracker.launch.watched_child import WatchedChild
from tracker.one_time_address import command

DEATHS_ALLOWED = 5
DEATHS_WITHIN = 120.0
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
FULL_PAUSE = 2.0


class CodeChanged(BaseException):
    """The code changed and a program died; everything restarts, so that all runs one version."""


class Stopping(BaseException):
    """The operator asked to stop while something was still starting."""


@dataclass(frozen=True)
class Plan:
    """Configuration of one start; tests pass programs of their own.

    `prepare` is called when the servers answer, with their URLs in the environment. It returns the programs in their
    start order; they stop in reverse order, before the servers.
    """

    folder: Path
    host: str
    port: int
    address: str
    prepare: Callable[["Supervisor"], list[Program]]
    database_url: str = ""
    redis_url: str = ""
    early: Callable[[], list[Program]] = list
    """Return programs that load while the database is prepared and answer at `ready_path`."""
    ready_path: str = "/readyz"
    ready_within: float = 120
    sign_in_address: Callable[[], str] | None = None
    """Return a one-time address to print instead of the plain one, for a local account."""
    programs_code: Callable[[], str] = code_version.programs_hash
    packages_code: Callable[[], str] = code_version.packages_hash


class Supervisor:
    """Parent of all processes of an installation."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.watched: list[WatchedChild] = []
        self._early: list[WatchedChild] = []
        self.disk_is_full = False
        self._code = (plan.programs_code(), plan.packages_code())
        self._environment = dict(os.environ)
        self._stop = threading.Event()

    def run(self) -> int:
        """Start, watch and stop everything; return the exit status, 0 when the operator stopped it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        try:
            folders.prepare(self.plan.folder)
            with folders.owned(self.plan.folder, self.plan.address):
                return self._run_alone()
        except CodeChanged:
            if self._stop.is_set():
                return 0
            code_version.restart(self._environment)
        except OSError as error:
            if error.errno not in UNWRITABLE:
                raise
            path = Path(error.filename or self.plan.folder)
            reason = writable.reason(path, error)
            raise CannotStart(
                f"Pursuit can't write to {path}: {reason}. Fix that and start Pursuit again."
            ) from error

    def pause(self, seconds: float = 0) -> None:
        """Wait; raises Stopping when the operator stops Pursuit."""
        if self._stop.wait(seconds):
            raise Stopping

    def _run_alone(self) -> int:
        try:
            self._start()
            self._print_address()
            self._watch()
        except Stopping:
            pass
        finally:
            self._stop_all()
        return 0

    def _print_address(self) -> None:
        issue_address = self.plan.sign_in_address
        say(
            f"\nPursuit is ready: {issue_address() if issue_address else self.plan.address}   (Ctrl-C stops it)"
        )
        say(
            f"The address works once; `{command(self.plan.folder)}` prints another.\n"
            if issue_address
            else ""
        )

    def _start(self) -> None:
        say(f"Pursuit, with its data in {self.plan.folder}")
        leftovers = children.stop_leftovers(self.plan.folder)
        if leftovers:
            say(f"  Stopped processes of an earlier start: {', '.join(leftovers)}.")
        require_free_port(self.plan.host, self.plan.port)
        log_files.rotate_all(self.plan.folder)
        ports = self._choose_ports()
        with gate.closed(self.plan.folder), self._loading_early():
            self._start_servers(*ports)
            programs = self.plan.prepare(self)
        early = bool(self._early)
        if early:  # Before other programs compete with it for the processor.
            self._wait_until_ready()
        for program in programs:
            self.pause()
            self.watched.append(self._start_program(program))
        self.watched += self._early
        self._early = []
        if not early:
            self._wait_until_ready()

    def complete(self, program: Program) -> None:
        """Run a program to its end; raises CannotStart with its output if it fails."""
        watched = self._begin(program)
        try:
            while watched.child.alive:
                self.pause(0.02)
        finally:
            watched.child.stop()
        if watched.child.process.returncode:
            raise CannotStart(watched.reason or watched.tail("failed"))

    def _choose_ports(self) -> list[int]:
        """Choose the servers' ports and set their URLs in the environment, before they run."""
        plan, ports = self.plan, embedded.free_ports(2)
        environment = {"DATABASE_URL": plan.database_url, "REDIS_URL": plan.redis_url}
        if not plan.database_url:
            environment["DATABASE_URL"] = embedded.app_url(plan.folder, ports[0])
            environment["MIGRATION_DATABASE_URL"] = embedded.postgres_url(plan.folder, ports[0])
        if not plan.redis_url:
            environment["REDIS_URL"] = embedded.valkey_url(plan.folder, ports[1])
        os.environ.update(environment, PURSUIT_DATA_DIR=str(plan.folder))
        return ports

    @contextmanager
    def _loading_early(self) -> Iterator[None]:
        """Load programs in the meantime; kill them if the start fails, since they have served no requests."""
        try:
            self._early += [self._start_program(program) for program in self.plan.early()]
            yield
        except BaseException:
            for watched in self._early:
                watched.child.process.kill()
                watched.child.stop()
            self._early = []
            raise

    def _start_servers(self, postgres_port: int, valkey_port: int) -> None:
        if not self.plan.database_url:
            with step("Starting PostgreSQL"):
                self._watch_server("PostgreSQL", embedded.start_postgres, postgres_port)
        self.pause()
        if not self.plan.redis_url:
            with step("Starting Valkey"):
                self._watch_server("Valkey", embedded.start_valkey, valkey_port)
        self.pause()

    def _watch_server(self, title: str, begin: Callable[[Path, int], embedded.Server], port: int) -> None:
        def restart() -> children.Child:
            return begin(self.plan.folder, port).child

        self.watched.append(WatchedChild(title, restart, restart()))

    def _start_program(self, program: Program) -> WatchedChild:
        with step(f"Starting the {program.title}"):
            return self._begin(program)

    def _begin(self, program: Program) -> WatchedChild:
        def begin() -> children.Child:
            return children.start(
                program.name,
                program.command,
                folder=self.plan.folder,
                environment=program.environment,
                cwd=program.cwd,
                grace=program.grace,
                shown=program.shown,
            )

        return WatchedChild(f"the {program.title}", begin, begin())

    def _wait_until_ready(self) -> None:
        with step("Waiting until Pursuit is ready"):
            self._wait_for_answer()

    def _wait_for_answer(self) -> None:
        address = f"http://{loopback_host(self.plan.host)}:{self.plan.port}{self.plan.ready_path}"
        deadline = time.monotonic() + self.plan.ready_within
        while not answers(address):
            for watched in (*self.watched, *self._early):
                if not watched.child.alive:
                    raise CannotStart(watched.tail("didn't start"))
            if time.monotonic() > deadline:
                raise CannotStart(f"Pursuit didn't become ready; see {self.plan.folder / 'log'}.")
            self.pause(0.05)

    def _watch(self) -> None:
        while not self._stop.wait(0.3):
            log_files.rotate_all(self.plan.folder, log_files.MAX_BYTES)
            self._check_disk()
            for watched in self.watched:
                if not watched.child.alive:
                    self._restart(watched)

    def _check_disk(self) -> None:
        """Print a line when the disk becomes full, and when it has space again."""
        was_full, self.disk_is_full = self.disk_is_full, is_full(self.plan.folder)
        if self.disk_is_full and not was_full:
            say(f"The disk of {self.plan.folder} is full: free some space, and Pursuit continues by itself.")
        elif was_full and not self.disk_is_full:
            say("The disk has free space again.")

    def _restart(self, watched: WatchedChild) -> None:
        """Restart a dead child after a growing delay; on a full disk, when there is space again."""
        now = time.monotonic()
        if not watched.due:
            watched.child.sweep()
            self._require_same_code(watched)
            watched.due = now + self._restart_delay(watched, now)
        elif now >= watched.due and not self.disk_is_full:
            watched.due = 0.0
            watched.child.stop()
            try:
                watched.child = watched.start()
            except (CannotStart, OSError) as error:
                say(str(error))
            else:
                say(f"{watched.name} is running again.")

    def _require_same_code(self, watched: WatchedChild) -> None:
        """Restart everything when the code changed; ask the operator to restart when packages changed."""
        programs, packages = self._code
        if self.plan.packages_code() != packages:
            say("The code and its packages have changed: stop Pursuit and start it with bin/run.")
        elif self.plan.programs_code() != programs:
            say(f"{watched.name} {watched.exit_status}, and the code has changed: restarting everything.")
            raise CodeChanged

    def _restart_delay(self, watched: WatchedChild, now: float) -> float:
        """Return the seconds until the restart; raises CannotStart for a child that keeps dying."""
        title = watched.name
        if self.disk_is_full or watched.child.failure_reason == children.DISK_FULL:
            say(f"{title} {watched.exit_status} because the disk is full; it restarts when there is space.")
            return FULL_PAUSE
        watched.deaths = [at for at in watched.deaths if now - at < DEATHS_WITHIN] + [now]
        if len(watched.deaths) > DEATHS_ALLOWED:
            raise CannotStart(watched.tail("keeps stopping: Pursuit gives up"))
        delay: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (len(watched.deaths) - 1))
        say(f"{title} {watched.exit_status}; restarting it in {delay:g} s.")
        return delay

    def _stop_all(self) -> None:
        self.watched += self._early
        self._early = []
        if self.watched:
            say("Stopping ...")
        while self.watched:
            watched = self.watched.pop()
            with step(f"Stopped {watched.title}"):
                watched.child.stop()

    def _request_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()
