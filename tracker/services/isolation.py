"""Drop network, files and privileges of this process, as far as the system allows it (Linux).

For the process that opens an untrusted file: an exploit has an empty file system, no network but an unconnected
loopback, and no way to gain privileges. A protection that the system forbids is left out and reported.
"""

import ctypes
import os
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NEW_MOUNTS, NEW_IPC, NEW_USERS, NEW_NETWORK = 0x00020000, 0x08000000, 0x10000000, 0x40000000
PRIVATE, READ_ONLY, NO_SETUID, NO_DEVICES, NO_PROGRAMS = 0x40000 | 0x4000, 1, 2, 4, 8
REMOUNT, BIND, DETACH = 0x20, 0x1000, 2
SET_DUMPABLE, SET_NO_NEW_PRIVILEGES = 4, 38
CAPABILITY_VERSION = 0x20080522
NOBODY = 65534
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}
"""Number of the system call; the C library has no function for it."""
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Protections:
    """The protections in force in a process, and the system's reason for a missing one."""

    network: bool = False
    files: bool = False
    rights: bool = False
    reason: str = ""

    @property
    def sentence(self) -> str:
        """The protections in force and the missing ones, as a sentence."""
        parts = {"network": self.network, "files": self.files, "further rights": self.rights}
        in_force = [name for name, is_in_force in parts.items() if is_in_force]
        missing = [name for name, is_in_force in parts.items() if not is_in_force]
        if not missing:
            return "runs without network, files or further rights"
        without = f"runs without {_listed(in_force, 'or')}" if in_force else "runs in a process of its own"
        return (
            f"{without}; this system doesn't let it be cut off from {_listed(missing, 'and')} ({self.reason})"
        )


def _listed(names: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join(", ".join(part) for part in (names[:-1], names[-1:]) if part)


def isolate() -> Protections:
    """Isolate this process; it must have opened everything it needs, and have a single thread."""
    if _libc is None:
        return Protections(reason=f"{sys.platform} has no namespaces")
    reason = _attempt("namespaces", _leave)
    files = "" if reason else _attempt("mounts", _empty_root)
    account = _attempt("another account", _drop_account)
    rights = account or _attempt("capabilities", _drop_rights)
    return Protections(
        network=_has_no_network(),
        files=_has_no_files(),
        rights=not rights,
        reason=reason or files or rights,
    )


def _attempt(name: str, step: Callable[[], None]) -> str:
    """Run a step; return the system's reason if it is forbidden, else an empty string."""
    try:
        step()
    except OSError as error:
        return f"{name}: {(error.strerror or str(error)).lower()}"
    return ""


def _leave() -> None:
    """Move into new namespaces: at once as root, else through a user namespace."""
    namespaces = NEW_MOUNTS | NEW_NETWORK | NEW_IPC
    if os.geteuid() == 0:
        with suppress(OSError):
            _call("unshare", namespaces)
            return
        _drop_account()  # Root in a container may lack the right that an ordinary account has.
        _call("prctl", SET_DUMPABLE, 1, 0, 0, 0)
    user, group = os.geteuid(), os.getegid()
    _call("unshare", NEW_USERS | namespaces)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _empty_root() -> None:
    """Make an empty, read-only file system the only one."""
    place, flags = tempfile.gettempdir().encode(), NO_SETUID | NO_DEVICES | NO_PROGRAMS
    _call("mount", b"none", b"/", None, PRIVATE, None)
    _call("mount", b"tmpfs", place, b"tmpfs", flags, b"size=4k,nr_inodes=2,mode=0555")
    os.chdir(place)
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(0, f"the system calls of {os.uname().machine} aren't known")
    _call("syscall", number, b".", b".")
    _call("umount2", b".", DETACH)
    os.chdir("/")
    _call("mount", None, b"/", None, REMOUNT | BIND | READ_ONLY | flags, None)


def _drop_account() -> None:
    """Become nobody, for good, when running as root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _drop_rights() -> None:
    """Drop every capability, including those of a user namespace, and the way to new ones."""
    _call("prctl", SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def _has_no_network() -> bool:
    """Return whether there is no interface but a loopback that is down."""
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        return bool(probe.connect_ex(("127.0.0.1", 9)))


def _has_no_files() -> bool:
    return os.listdir("/") == []  # noqa: PTH208


def _call(name: str, *arguments: object) -> None:
    assert _libc  # noqa: S101
    if getattr(_libc, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
