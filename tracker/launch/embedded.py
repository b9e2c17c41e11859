"""The embedded PostgreSQL and Valkey: servers from wheels, on loopback, with data in one folder."""

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
from tracker.launch import CannotStart, children, damaged_valkey, environments
from tracker.launch.account import Account, postgres_programs, reaches, unprivileged_account, valkey_program
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
    """An embedded server ended or didn't answer; `output` is its log of this start."""

    def __init__(self, name: str, child: children.Child) -> None:
        super().__init__(f"{name} didn't start: {child.failure_reason} (see {child.log})")
        self.output, self.status = child.output, child.process.poll()


class WrongPassword(CannotStart):
    """The server rejects the password in the data folder."""


@dataclass
class Server:
    """Running embedded server, with its URL for clients and its port.

    PostgreSQL's `url` is its owner's; `app_url` is the application's.
    """

    url: str
    port: int
    child: children.Child
    app_url: str = ""

    @property
    def alive(self) -> bool:
        """Return True while its process runs."""
        return self.child.alive

    def stop(self) -> None:
        """Stop the server; a second call does nothing."""
        self.child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a temporary folder for a test's servers, readable for their account even for root."""
    folder = Path(tempfile.mkdtemp(prefix="pursuit-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a loopback port that is free right now."""
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """Return `number` different loopback ports that are free right now."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def postgres_url(folder: Path, port: int) -> str:
    """Return the owner's SQLAlchemy URL of the embedded PostgreSQL of `folder`."""
    return f"postgresql+psycopg://{DATABASE}:{quote(secret(folder, 'postgres'), safe='')}@127.0.0.1:{port}/{DATABASE}"


def app_url(folder: Path, port: int) -> str:
    """Return the application's URL of the embedded PostgreSQL, for a role limited by row-level security."""
    password = quote(secret(folder, "postgres-app"), safe="")
    return f"postgresql+psycopg://{APP_ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"


def valkey_url(folder: Path, port: int) -> str:
    """Return the URL of the embedded Valkey of `folder`."""
    return f"redis://:{quote(secret(folder, 'valkey'), safe='')}@127.0.0.1:{port}/0"


def start_postgres(folder: Path, port: int | None = None) -> Server:
    """Start PostgreSQL with its data in `folder`/postgres, created on first use; return when it answers.

    The caller must hold the folder's lock: a server still running there is stopped.
    """
    account = unprivileged_account()
    cluster = Cluster(_home(folder, "postgres", account), postgres_programs(account), account)
    if not cluster.path.exists():
        cluster.make(DATABASE, secret(folder, "postgres"), children.log_of(folder, "postgres"))
    cluster.require_same_version()
    cluster.end_stale_postmaster()
    port = port or free_port()
    try:
        server = _run_postgres(folder, cluster, port)
    except WrongPassword:
        cluster.set_password(DATABASE, secret(folder, "postgres"))
        say("  The database's password was missing; a new one was set.")
        server = _run_postgres(folder, cluster, port)
    from tracker.launch import roles  # Imports psycopg, whose cost is hidden while the server starts.

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
    """Start Valkey with its data in `folder`/valkey, written through to disk; return when it answers.

    Files that it can't read are renamed with a date: losing them delays jobs by minutes and loses no data.
    """
    home, port = _home(folder, "valkey", unprivileged_account()), port or free_port()
    try:
        return _run_valkey(folder, home, port)
    except DidNotStart as failure:
        moved = damaged_valkey.move_damaged_files(home, failure.output, failure.status)
        if not moved:
            raise
        try:
            server = _run_valkey(folder, home, port)
        except CannotStart:
            damaged_valkey.restore_files(moved)
            raise
    names = ", ".join(path.name for path in moved.values())
    say(f"  Valkey couldn't read its files: they were renamed to {names}, and it started empty.")
    return server


def _run_valkey(folder: Path, home: Path, port: int) -> Server:
    account = unprivileged_account()
    config = [
        f"bind 127.0.0.1\nport {port}\nrequirepass {_quoted(secret(folder, 'valkey'))}",
        'appendonly yes\nsave ""\ndaemonize no\nunixsocket ""',
        # Evicts only keys with an expiry, such as tab states, the least recently used first; never a job.
        f"maxmemory {VALKEY_MEMORY}\nmaxmemory-policy volatile-lru",
    ]
    child = children.start(
        "valkey",
        [str(valkey_program(account)), "-"],
        folder=folder,
        environment=environments.of_server(),
        account=account,
        cwd=home,
        stdin="\n".join(config).encode(),
        grace=15,
        port=port,
    )
    server = Server(valkey_url(folder, port), port, child)
    _wait_until(server, "Valkey", _valkey_answers, seconds=60)
    return server


def _quoted(value: str) -> str:
    """Quote a value for Valkey's configuration."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in value.encode()) + '"'


def _home(folder: Path, name: str, account: Account | None) -> Path:
    home = folder / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        account.take_ownership(home)
        if not reaches(account, home):
            raise CannotStart(
                f"As root, PostgreSQL runs as the account '{account.name}', which can't reach {folder}: "
                f"choose a --data-dir outside private folders, such as /var/lib/pursuit."
            )
    return home


def _wait_until(server: Server, name: str, answers: Callable[[str], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(server.stop)
        while not answers(server.url):
            if not server.alive or time.monotonic() > deadline:
                raise DidNotStart(name, server.child)
            time.sleep(0.02)
        on_failure.pop_all()


def _postgres_answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise WrongPassword("PostgreSQL rejects the password in the data folder.") from error
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
