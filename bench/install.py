"""First install into an empty environment: by uv, as `bin/run` does, and by pip, its fallback."""

import importlib.util
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import IO
from unittest.mock import patch

from bench.report import table
from bench.timings import percentile
from tracker.settings import CHECKOUT

LOCK = "requirements.lock"
CACHES = ("empty", "filled by the same installer just before")


def measure(folder: Path, rounds: int) -> str:
    """Return a table of the median seconds of both installers, with a cache folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        with TemporaryDirectory(dir=folder) as scratch:
            for cache in CACHES:
                for name, install in INSTALLERS.items():
                    seconds[cache, name].append(_seconds(install, Path(scratch), name))
    medians = {key: percentile(values, 0.5) for key, values in seconds.items()}
    return table(
        ["first install, pip's cache", "rounds", "uv s", "pip s", "pip / uv"],
        [_row(cache, rounds, medians[cache, "uv"], medians[cache, "pip"]) for cache in CACHES],
    )


def _row(cache: str, rounds: int, uv: float, pip: float) -> list[object]:
    return [cache, rounds, f"{uv:.1f}", f"{pip:.1f}", f"{pip / uv:.1f}"]


def _by_uv(bootstrap: ModuleType, lock_file: IO[str]) -> None:
    if not bootstrap._install_with_uv(LOCK, lock_file, bootstrap._count(LOCK)):
        logs = "\n".join(path.read_text() for path in bootstrap.VENV.glob("uv*.log"))
        raise AssertionError(f"uv didn't install the lock: {logs}")


def _by_pip(bootstrap: ModuleType, lock_file: IO[str]) -> None:
    requirements = ["--require-hashes", "-r", str(CHECKOUT / LOCK)]
    bootstrap._pip(requirements, lock_file, total=bootstrap._count(LOCK))


INSTALLERS: dict[str, Callable[[ModuleType, IO[str]], None]] = {"uv": _by_uv, "pip": _by_pip}


def _seconds(install: Callable[[ModuleType, IO[str]], None], scratch: Path, name: str) -> float:
    """Return the seconds to create an environment with all locked packages; remove it afterwards."""
    bootstrap = _bootstrap(scratch / "venv")
    with _cached_in(scratch / name), (CHECKOUT / "pyproject.toml").open() as lock_file:
        started = time.perf_counter()
        bootstrap._make_venv()
        install(bootstrap, lock_file)
        seconds = time.perf_counter() - started
    shutil.rmtree(bootstrap.VENV)
    return seconds


def _bootstrap(venv: Path) -> ModuleType:
    """Return the bootstrap module of this checkout, set to another environment."""
    spec = importlib.util.spec_from_file_location("bootstrap", CHECKOUT / "bin" / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV = venv
    return module


@contextmanager
def _cached_in(folder: Path) -> Iterator[None]:
    """Set pip's cache folder, and drop what the installers print."""
    with patch.dict(os.environ, {"PIP_CACHE_DIR": str(folder)}), redirect_stdout(StringIO()):
        os.environ.pop("PIP_NO_CACHE_DIR", None)
        yield
