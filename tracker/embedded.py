"""The embedded PostgreSQL and Valkey: real servers from wheels, on loopback, under one data folder."""

import contextlib
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from tracker.data_secrets import secret
from tracker.launch import CannotStart, children, damage, environments
from tracker.launch.account import Account, postgres_programs, reaches, unprivileged, valkey_program
from tracker.launch.cluster import Cluster
from tracker.launch.terminal import say

DATABASE = "pursuit"
VALKEY_MEMORY = "256mb"
APP_ROLE = "pursuit_app"
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "max_logical_replication_workers": "0",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_min_duration_statement": "2s",
}


class DidNotStart(CannotStart):
    """A server that ended, or never answered, instead of starting; `said` is what it wrote to its log."""

    def __init__(self, name: str, child: children.Child) -> None:
        super().__init__(f"{name} didn't start: {child.last_words} (more in {child.log})")
        self.said, self.status = child.said, child.process.poll()


class WrongPassword(CannotStart):
    """The server runs, and doesn't take the password in the data folder."""


@dataclass
class Server:
    """A running embedded server: its address for clients, its port, and the way to end it.

    PostgreSQL's address is its owner's; the application has one of its own.
    """

    url: str
    port: int
    child: children.Child
    app_url: str = ""

    @property
    def alive(self) -> bool:
        """Whether its process still runs."""
        return self.child.alive

    def stop(self) -> None:
        """Ends it in order; a second call does nothing."""
        self.child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for the servers of a test, which their account can reach even when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="pursuit-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """Return so many different ports on loopback that nobody listens on at this moment."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def postgres_url(folder: Path, port: int) -> str:
    """The address of the embedded PostgreSQL of `folder`, for SQLAlchemy."""
    return f"postgresql+psycopg://{DATABASE}:{quote(secret(folder, 'postgres'), safe='')}@127.0.0.1:{port}/{DATABASE}"


def app_url(folder: Path, port: int) -> str:
    """The address by which the application reaches the embedded PostgreSQL: as a role without power over others."""
    password = quote(secret(folder, "postgres-app"), safe="")
    return f"postgresql+psycopg://{APP_ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"


def valkey_url(folder: Path, port: int) -> str:
    """The address of the embedded Valkey of `folder`."""
    return f"redis://:{quote(secret(folder, 'valkey'), safe='')}@127.0.0.1:{port}/0"


def start_postgres(folder: Path, port: int | None = None) -> Server:
    """PostgreSQL over `folder`/postgres, made on first use, answering when this returns.

    Nothing else may use `folder` meanwhile: a server that an earlier start left running there is ended.
    """
    account = unprivileged()
    cluster = Cluster(_home(folder, "postgres", account), postgres_programs(account), account)
    if not cluster.path.exists():
        cluster.make(DATABASE, secret(folder, "postgres"), children.log_of(folder, "postgres"))
    cluster.insist_on_version()
    cluster.forget_dead_postmaster()
    port = port or free_port()
    try:
        server = _run_postgres(folder, cluster, port)
    except WrongPassword:
        cluster.set_password(DATABASE, secret(folder, "postgres"))
        say("  The database's password was lost, so that a new one was set.")
        server = _run_postgres(folder, cluster, port)
    from tracker.launch import (
        roles,
    )  # and with it psycopg: while a server starts there is time to import its client

    roles.make(server.url, server.app_url)
    return server


def _run_postgres(folder: Path, cluster: Cluster, port: int) -> Server:
    options = [word for name, value in POSTGRES_SETTINGS.items() for word in ("-c", f"{name}={value}")]
    child = children.start(
        "postgres",
        [str(cluster.programs / "postgres"), "-D", cluster.path.name, "-p", str(port), *options],
        folder=folder,
        environment=environments.of_server(),
        account=cluster.account,
        cwd=cluster.home,
        stop_signal=signal.SIGINT,
        grace=30,
        port=port,
    )
    server = Server(postgres_url(folder, port), port, child, app_url(folder, port))
    _wait_until(server, "PostgreSQL", _postgres_answers, seconds=120)
    return server


def start_valkey(folder: Path, port: int | None = None) -> Server:
    """Valkey over `folder`/valkey, every write kept on disk, answering when this returns.

    Files that it can't read are set aside under a dated name: losing them costs minutes and no data of anyone's.
    """
    home, port = _home(folder, "valkey", unprivileged()), port or free_port()
    try:
        return _run_valkey(folder, home, port)
    except DidNotStart as failure:
        moved = damage.set_aside(home, failure.said, failure.status)
        if not moved:
            raise
        try:
            server = _run_valkey(folder, home, port)
        except CannotStart:
            damage.put_back(moved)
            raise
    names = ", ".join(path.name for path in moved.values())
    say(f"  Valkey couldn't read its files: they are set aside as {names}, and it begins anew.")
    return server


def _run_valkey(folder: Path, home: Path, port: int) -> Server:
    account = unprivileged()
    rules = [
        f"bind 127.0.0.1\nport {port}\nrequirepass {_quoted(secret(folder, 'valkey'))}",
        'appendonly yes\nsave ""\ndaemonize no\nunixsocket ""',
        # Only what expires by itself may be evicted: the states of tabs, the longest unused first; never a job.
        f"maxmemory {VALKEY_MEMORY}\nmaxmemory-policy volatile-lru",
    ]
    child = children.start(
        "valkey",
        [str(valkey_program(account)), "-"],
        folder=folder,
        environment=environments.of_server(),
        account=account,
        cwd=home,
        given="\n".join(rules).encode(),
        grace=15,
        port=port,
    )
    server = Server(valkey_url(folder, port), port, child)
    _wait_until(server, "Valkey", _valkey_answers, seconds=60)
    return server


def _quoted(value: str) -> str:
    """A value as Valkey's configuration takes it, whatever is in it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in value.encode()) + '"'


def _home(folder: Path, name: str, account: Account | None) -> Path:
    home = folder / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        account.owns(home)
        if not reaches(account, home):
            raise CannotStart(
                f"As root, PostgreSQL runs as the account '{account.name}', which can't reach {folder}: "
                f"choose a --data-dir outside private folders, such as /var/lib/pursuit."
            )
    return home


def _wait_until(server: Server, name: str, answers: Callable[[str], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    try:
        while not answers(server.url):
            if not server.alive or time.monotonic() > deadline:
                raise DidNotStart(name, server.child)
            time.sleep(0.02)
    except BaseException:
        server.stop()
        raise


def _postgres_answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise WrongPassword("PostgreSQL doesn't take the password in the data folder.") from error
        return False
    return True


def _valkey_answers(url: str) -> bool:
    import redis

    client = redis.Redis.from_url(url, socket_timeout=3)
    try:
        return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
    finally:
        client.close()
