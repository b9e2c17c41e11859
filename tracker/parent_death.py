"""Make a process end when its parent dies, for whatever reason."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_SET_PARENT_DEATH_SIGNAL = 1
_POLL_INTERVAL = 0.5
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def parent_death_signal(parent: int, number: int) -> Callable[[], None] | None:
    """Return a `preexec_fn` that sets the signal of the parent's death; None outside Linux."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def set_signal() -> None:
        prctl(_SET_PARENT_DEATH_SIGNAL, number)
        if os.getppid() != parent:
            os._exit(1)

    return set_signal


def die_with_parent() -> None:
    """Kill this process when its parent dies: by the kernel on Linux, elsewhere by a polling thread.

    For processes that a library forks, such as Granian's worker; a parent of another session means it has died.
    """
    parent = os.getppid()
    if _libc is None:
        threading.Thread(target=_kill_without, args=(parent,), daemon=True).start()
        return
    _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if _session_of(os.getppid()) != os.getsid(0):
        os._exit(1)


def _session_of(process: int) -> int | None:
    try:
        return os.getsid(process)
    except OSError:
        return None


def _kill_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_INTERVAL)
    os.kill(os.getpid(), signal.SIGKILL)
