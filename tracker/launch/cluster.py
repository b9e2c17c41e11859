"""The files of the embedded PostgreSQL: made once, and brought into a state in which a server starts."""

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
    """One PostgreSQL's files under `home`, with the programs and the account that work on them.

    Programs are given paths relative to `home`, so that no character of the data folder's path can mislead them.
    """

    home: Path
    programs: Path
    account: Account | None

    @property
    def path(self) -> Path:
        """The data directory."""
        return self.home / "cluster"

    def make(self, owner: str, password: str, log: Path) -> None:
        """Make it with a database and a superuser `owner`, beside its final place: half a cluster is never used."""
        unfinished = self.home / "cluster.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        with self._password_file(password) as pwfile:
            made = self._run(
                "initdb",
                *["-D", unfinished.name, "-U", owner, "--auth=scram-sha-256", f"--pwfile={pwfile.name}"],
                *["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
                *["--encoding=UTF8", f"--lc-ctype={_character_types()}"],
            )
        if made.returncode:
            log.write_text(made.stdout + made.stderr)
            raise CannotStart(f"PostgreSQL couldn't make its files: {children.reason(made.stderr)}")
        self._single_user(unfinished.name, "postgres", f"CREATE DATABASE {owner};")
        unfinished.rename(self.path)

    def set_password(self, owner: str, password: str) -> None:
        """Give the superuser another password; no server may run."""
        self._single_user(self.path.name, "postgres", f"ALTER ROLE {owner} PASSWORD {_literal(password)};")

    def insist_on_version(self) -> None:
        """Refuse files that another major version of PostgreSQL made."""
        said = self._run("postgres", "--version").stdout
        ours, theirs = said.split()[-1].split(".")[0], (self.path / "PG_VERSION").read_text().strip()
        if ours != theirs:
            raise CannotStart(
                f"The data folder was made by PostgreSQL {theirs}, and this Pursuit brings {ours}: "
                f"start the Pursuit that made it, or move the data with pg_dump."
            )

    def forget_dead_postmaster(self) -> None:
        """End a server that outlived its supervisor; remove a dead one's lock file, whose pid may be reused."""
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
                self.account.owns(path)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _single_user(self, cluster: str, database: str, statement: str) -> None:
        done = self._run("postgres", "--single", "-D", cluster, database, given=f"{statement}\n")
        if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
            raise CannotStart(f"PostgreSQL couldn't be set up: {children.reason(done.stderr)}")

    def _run(self, program: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.programs / program), *arguments],
            input=given,
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
    """A locale of this system that knows every letter of Unicode, which searching by trigrams asks for."""
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)
