"""Data directory of the embedded PostgreSQL."""

import contextlib
import locale
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tracker.launch import CannotStart, children, environments
from tracker.launch.account import Account, as_account


@dataclass(frozen=True)
class Cluster:
    """PostgreSQL's files under `home`, with the programs and account that work on them.

    Programs are given paths relative to `home`, so special characters in the data folder's path don't matter.
    """

    home: Path
    programs: Path
    account: Account | None

    @property
    def path(self) -> Path:
        """The data directory."""
        return self.home / "cluster"

    def make(self, owner: str, password: str, log: Path) -> None:
        """Create the data directory with a superuser and database `owner`, atomically."""
        unfinished = self.home / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        with self._password_file(password) as pwfile:
            result = self._run(
                "initdb",
                *["-D", unfinished.name, "-U", owner, "--auth=scram-sha-256", f"--pwfile={pwfile.name}"],
                *["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
                *["--encoding=UTF8", f"--lc-ctype={_character_types()}"],
            )
        if result.returncode:
            log.write_text(result.stdout + result.stderr)
            raise CannotStart(f"PostgreSQL couldn't create its files: {children.reason(result.stderr)}")
        self._single_user(unfinished.name, "postgres", f"CREATE DATABASE {owner};")
        unfinished.rename(self.path)

    def set_password(self, owner: str, password: str) -> None:
        """Set the superuser's password; the server must be stopped."""
        self._single_user(self.path.name, "postgres", f"ALTER ROLE {owner} PASSWORD {_literal(password)};")

    def require_same_version(self) -> None:
        """Raise CannotStart for files of another major version of PostgreSQL."""
        output = self._run("postgres", "--version").stdout
        own, stored = output.split()[-1].split(".")[0], (self.path / "PG_VERSION").read_text().strip()
        if own != stored:
            raise CannotStart(
                f"The data folder is from PostgreSQL {stored}, but this version of Pursuit has PostgreSQL {own}: "
                f"start the version that created it, or move the data with pg_dump."
            )

    def end_stale_postmaster(self) -> None:
        """Stop a server whose supervisor died; remove a dead server's lock file."""
        lock = self.path / "postmaster.pid"
        try:
            process = psutil.Process(int(lock.read_text(errors="replace").split()[0]))
            if process.name() == "postgres" and Path(process.cwd()) == self.path:
                process.send_signal(signal.SIGINT)
                process.wait(30)
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            pass
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(10)
        lock.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _password_file(self, password: str) -> Iterator[Path]:
        path = self.home / "password.new"
        path.unlink(missing_ok=True)
        try:
            path.touch(mode=0o600)
            path.write_text(password)
            if self.account:
                self.account.take_ownership(path)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _single_user(self, cluster: str, database: str, statement: str) -> None:
        result = self._run("postgres", "--single", "-D", cluster, database, stdin=f"{statement}\n")
        if result.returncode or "ERROR:" in result.stderr or "FATAL:" in result.stderr:
            raise CannotStart(f"PostgreSQL couldn't be set up: {children.reason(result.stderr)}")

    def _run(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.programs / program), *arguments],
            input=stdin,
            cwd=self.home,
            env=environments.of_server(),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **as_account(self.account),
        )


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _character_types() -> str:
    """Return a UTF-8 locale of this system, which trigram search needs."""
    previous = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, previous)
