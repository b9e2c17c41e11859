"""The address that Pursuit listens on: name resolution and checks."""

import errno
import os
import socket
import time
import urllib.error
import urllib.request
from contextlib import suppress

from tracker.launch import CannotStart


def bind_address(host: str, port: int) -> str:
    """Return the numeric address to bind for `host`, which may be a name such as `localhost`.

    IPv4 first, since browsers try it for `localhost` too; addresses that this computer doesn't have are skipped.
    """
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise CannotStart(f"Pursuit can't listen on {host}: this name has no address.") from error
    addresses = [str(info[4][0]) for info in sorted(infos, key=lambda info: info[0] != socket.AF_INET)]
    usable = [item for item in addresses if _bind_problem(item, port) in (0, errno.EADDRINUSE, errno.EACCES)]
    return (usable or addresses)[0]


def require_free_port(host: str, port: int, seconds: float = 2) -> None:
    """Raise CannotStart when the port is in use; wait `seconds` for one that was just released."""
    deadline = time.monotonic() + seconds
    while problem := _bind_problem(host, port):
        if problem != errno.EADDRINUSE:
            raise CannotStart(f"Pursuit can't listen on {host} port {port}: {os.strerror(problem)}.")
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Port {port} on {host} is in use by another program: choose another with --port."
            )
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Return True when a web server answers this address with status 200."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(urllib.error.URLError, OSError, ValueError), opener.open(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def loopback_host(host: str) -> str:
    """Return the host for URLs by which this computer reaches a server bound to `host`."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{local}]" if ":" in local else local


def _bind_problem(address: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0
