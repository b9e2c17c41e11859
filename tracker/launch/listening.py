"""The address that Pursuit listens on: resolved from a name, and free."""

import errno
import os
import socket
import time
import urllib.error
import urllib.request
from contextlib import suppress

from tracker.launch import CannotStart


def address_of(host: str, port: int) -> str:
    """Return the numeric address to bind for `host`, which may be a name such as `localhost`.

    IPv4 first, since browsers try it for `localhost` too; an address that this computer doesn't have is passed over.
    """
    try:
        known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise CannotStart(f"Pursuit can't listen on {host}: no address is known for this name.") from error
    addresses = [str(found[4][0]) for found in sorted(known, key=lambda found: found[0] != socket.AF_INET)]
    usable = [one for one in addresses if _bind_problem(one, port) in (0, errno.EADDRINUSE, errno.EACCES)]
    return (usable or addresses)[0]


def insist_on_port(host: str, port: int, seconds: float = 2) -> None:
    """Refuses when someone else listens at this address; a port just let go of gets a moment."""
    deadline = time.monotonic() + seconds
    while problem := _bind_problem(host, port):
        if problem != errno.EADDRINUSE:
            raise CannotStart(f"Pursuit can't listen on {host} port {port}: {os.strerror(problem)}.")
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Port {port} on {host} is taken by another program: choose another with --port."
            )
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Tell whether a web server answers at this address that all is well."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(urllib.error.URLError, OSError, ValueError), opener.open(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def reachable(host: str) -> str:
    """Return the address, as a URL has it, by which this computer reaches what is bound to `host`."""
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{own}]" if ":" in own else own


def _bind_problem(address: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0
