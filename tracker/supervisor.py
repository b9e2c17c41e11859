"""`tracker up`: starts everything in order, watches it, and stops it in the opposite order."""

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

from tracker import embedded
from tracker.disk import is_full
from tracker.launch import CannotStart, children, code, gate, log_files, writable
from tracker.launch import folder as folders
from tracker.launch.listening import answers, insist_on_port, reachable
from tracker.launch.programs import Program
from tracker.launch.terminal import say, step
from tracker.launch.watched import Watched
from tracker.one_time_address import command

DEATHS_ALLOWED = 5
DEATHS_WITHIN = 120.0
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 20.0
FULL_PAUSE = 2.0


class CodeChanged(BaseException):
    """The code was replaced while Pursuit ran, and a program died: what starts next must be all of one version."""


class Stopping(BaseException):
    """The operator asked to stop while something was still starting."""


@dataclass(frozen=True)
class Plan:
    """What one start is to run: the seam through which tests give programs of their own.

    `prepare` is called once the servers answer, with their addresses in the environment, and returns the
    programs to run, in the order in which they start; they stop in the opposite order, before the servers.
    """

    folder: Path
    host: str
    port: int
    address: str
    prepare: Callable[["Supervisor"], list[Program]]
    database_url: str = ""
    redis_url: str = ""
    early: Callable[[], list[Program]] = list
    """The programs that load while the servers start and the database is prepared, and answer at `ready_path`."""
    ready_path: str = "/readyz"
    ready_within: float = 120
    sign_in_address: Callable[[], str] | None = None
    """Makes the one-time address that is shown in place of the plain one, where there is a local account."""
    programs_code: Callable[[], str] = code.programs
    packages_code: Callable[[], str] = code.packages


class Supervisor:
    """The one process an operator sees."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.watched: list[Watched] = []
        self._early: list[Watched] = []
        self.disk_is_full = False
        self._code = (plan.programs_code(), plan.packages_code())
        self._environment = dict(os.environ)
        self._stop = threading.Event()

    def run(self) -> int:
        """Starts, watches and stops; returns the exit status, 0 when the operator asked to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            folders.prepare(self.plan.folder)
            with folders.owned(self.plan.folder, self.plan.address):
                return self._run_alone()
        except CodeChanged:
            if self._stop.is_set():
                return 0
            code.start_again(self._environment)
        except OSError as error:
            if error.errno not in UNWRITABLE:
                raise
            place = Path(error.filename or self.plan.folder)
            why = writable.reason(place, error)
            raise CannotStart(f"Pursuit can't write to {place}: {why}; mend that and start again.") from error

    def pause(self, seconds: float = 0) -> None:
        """Waits, and gives up the start as soon as the operator asks to stop."""
        if self._stop.wait(seconds):
            raise Stopping

    def _run_alone(self) -> int:
        try:
            self._start()
            self._greet()
            self._watch()
        except Stopping:
            pass
        finally:
            self._stop_all()
        return 0

    def _greet(self) -> None:
        make = self.plan.sign_in_address
        say(f"\nPursuit is ready: {make() if make else self.plan.address}   (Ctrl-C stops it)")
        say(f"The address works once; `{command(self.plan.folder)}` prints another.\n" if make else "")

    def _start(self) -> None:
        say(f"Pursuit, with its data in {self.plan.folder}")
        left = children.stop_leftovers(self.plan.folder)
        if left:
            say(f"  Stopped what an earlier start left behind: {', '.join(left)}.")
        insist_on_port(self.plan.host, self.plan.port)
        log_files.move_on_all(self.plan.folder)
        ports = self._choose_ports()
        with gate.closed(self.plan.folder), self._loading_early():
            self._start_servers(*ports)
            programs = self.plan.prepare(self)
        early = bool(self._early)
        if early:  # before others take the processor that it loads on
            self._wait_until_ready()
        for program in programs:
            self.pause()
            self.watched.append(self._start_program(program))
        self.watched += self._early
        self._early = []
        if not early:
            self._wait_until_ready()

    def complete(self, program: Program) -> None:
        """Run a program to its end; CannotStart with its own words where it fails."""
        watched = self._begin(program)
        try:
            while watched.child.alive:
                self.pause(0.02)
        finally:
            watched.child.stop()
        if watched.child.process.returncode:
            raise CannotStart(watched.reason or watched.tail("failed"))

    def _choose_ports(self) -> list[int]:
        """Choose the servers' ports and name their addresses in the environment, before they run."""
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
        """Have programs load meanwhile, which are killed where the start fails: they have served nobody yet."""
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
                self._keep_server("PostgreSQL", embedded.start_postgres, postgres_port)
        self.pause()
        if not self.plan.redis_url:
            with step("Starting Valkey"):
                self._keep_server("Valkey", embedded.start_valkey, valkey_port)
        self.pause()

    def _keep_server(self, title: str, begin: Callable[[Path, int], embedded.Server], port: int) -> None:
        def again() -> children.Child:
            return begin(self.plan.folder, port).child

        self.watched.append(Watched(title, again, again()))

    def _start_program(self, program: Program) -> Watched:
        with step(f"Starting the {program.title}"):
            return self._begin(program)

    def _begin(self, program: Program) -> Watched:
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

        return Watched(f"the {program.title}", begin, begin())

    def _wait_until_ready(self) -> None:
        with step("Waiting until it answers"):
            self._wait_for_answer()

    def _wait_for_answer(self) -> None:
        address = f"http://{reachable(self.plan.host)}:{self.plan.port}{self.plan.ready_path}"
        deadline = time.monotonic() + self.plan.ready_within
        while not answers(address):
            for watched in (*self.watched, *self._early):
                if not watched.child.alive:
                    raise CannotStart(watched.tail("didn't start"))
            if time.monotonic() > deadline:
                raise CannotStart(f"Pursuit didn't get ready; see {self.plan.folder / 'log'}.")
            self.pause(0.05)

    def _watch(self) -> None:
        while not self._stop.wait(0.3):
            log_files.move_on_all(self.plan.folder, log_files.MOST_BYTES)
            self._look_at_the_disk()
            for watched in self.watched:
                if not watched.child.alive:
                    self._revive(watched)

    def _look_at_the_disk(self) -> None:
        """Says once that the disk is full, and once that it isn't any more."""
        was_full, self.disk_is_full = self.disk_is_full, is_full(self.plan.folder)
        if self.disk_is_full and not was_full:
            say(f"The disk of {self.plan.folder} is full: make room, and Pursuit goes on by itself.")
        elif was_full and not self.disk_is_full:
            say("There is room on the disk again.")

    def _revive(self, watched: Watched) -> None:
        """Starts a dead child again after a pause that grows; on a full disk, as soon as there is room."""
        now = time.monotonic()
        if not watched.due:
            watched.child.sweep()
            self._insist_on_one_version(watched)
            watched.due = now + self._rest(watched, now)
        elif now >= watched.due and not self.disk_is_full:
            watched.due = 0.0
            watched.child.stop()
            try:
                watched.child = watched.start()
            except (CannotStart, OSError) as error:
                say(str(error))
            else:
                say(f"{watched.name} runs again.")

    def _insist_on_one_version(self, watched: Watched) -> None:
        """Has everything start again where the code was replaced; says what to do where packages were, too."""
        programs, packages = self._code
        if self.plan.packages_code() != packages:
            say(
                "Pursuit was replaced by another version with other packages: stop it and start it by bin/run."
            )
        elif self.plan.programs_code() != programs:
            say(f"{watched.name} {watched.how}, and the code has changed: starting again with it.")
            raise CodeChanged

    def _rest(self, watched: Watched, now: float) -> float:
        """The seconds until it is started again; gives up on one that keeps dying for no known reason."""
        title = watched.name
        if self.disk_is_full or watched.child.last_words == children.DISK_FULL:
            say(f"{title} {watched.how} for want of room on the disk; it is started when there is room.")
            return FULL_PAUSE
        watched.deaths = [at for at in watched.deaths if now - at < DEATHS_WITHIN] + [now]
        if len(watched.deaths) > DEATHS_ALLOWED:
            raise CannotStart(watched.tail("keeps stopping, so Pursuit gives up"))
        rest: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (len(watched.deaths) - 1))
        say(f"{title} {watched.how}; starting it again in {rest:g} s.")
        return rest

    def _stop_all(self) -> None:
        self.watched += self._early
        self._early = []
        if self.watched:
            say("Stopping ...")
        while self.watched:
            watched = self.watched.pop()
            with step(f"Stopped {watched.title}"):
                watched.child.stop()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()
