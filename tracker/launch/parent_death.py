"""End a process when its parent dies, however the parent dies."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_SET_PARENT_DEATH_SIGNAL = 1
_LOOK_EVERY = 0.5
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def tied_to(parent: int, number: int) -> Callable[[], None] | None:
    """Return a `preexec_fn` by which the kernel sends signal `number` once `parent` dies; None outside Linux."""
    if _libc is None:
        return None
    prctl = _libc.prctl

    def tie() -> None:
        prctl(_SET_PARENT_DEATH_SIGNAL, number)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def die_with_parent() -> None:
    """Have this process killed once its parent dies: by the kernel on Linux, else by a thread that looks.

    For processes that a library forks, such as Granian's worker; a parent outside of our session is none.
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
        time.sleep(_LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGKILL)
