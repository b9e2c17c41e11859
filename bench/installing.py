"""The first install into an empty environment: by uv, as `bin/run` does it, and by pip, as where uv fails."""

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

from bench.measure import percentile
from bench.report import table
from tracker.settings import CHECKOUT

LOCK = "requirements.lock"
CACHES = ("empty", "filled by the same installer just before")


def compared(folder: Path, rounds: int) -> str:
    """The median seconds of both installers side by side, over a cache folder of the benchmark's own."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        with TemporaryDirectory(dir=folder) as scratch:
            for cache in CACHES:
                for name, install in INSTALLERS.items():
                    taken[cache, name].append(_seconds(install, Path(scratch), name))
    medians = {key: percentile(seconds, 0.5) for key, seconds in taken.items()}
    return table(
        ["first install, pip's cache", "rounds", "uv s", "pip s", "pip / uv"],
        [_row(cache, rounds, medians[cache, "uv"], medians[cache, "pip"]) for cache in CACHES],
    )


def _row(cache: str, rounds: int, uv: float, pip: float) -> list[object]:
    return [cache, rounds, f"{uv:.1f}", f"{pip:.1f}", f"{pip / uv:.1f}"]


def _by_uv(bootstrap: ModuleType, door: IO[str]) -> None:
    if not bootstrap._install_with_uv(LOCK, door, bootstrap._count(LOCK)):
        logs = "\n".join(path.read_text() for path in bootstrap.VENV.glob("uv*.log"))
        raise AssertionError(f"uv didn't install the lock: {logs}")


def _by_pip(bootstrap: ModuleType, door: IO[str]) -> None:
    hashed = ["--require-hashes", "-r", str(CHECKOUT / LOCK)]
    bootstrap._pip(hashed, door, total=bootstrap._count(LOCK))


INSTALLERS: dict[str, Callable[[ModuleType, IO[str]], None]] = {"uv": _by_uv, "pip": _by_pip}


def _seconds(install: Callable[[ModuleType, IO[str]], None], scratch: Path, name: str) -> float:
    """How long an environment with all packages of the lock takes to make; it is gone afterwards."""
    bootstrap = _bootstrap(scratch / "venv")
    with _cached_in(scratch / name), (CHECKOUT / "pyproject.toml").open() as door:
        begun = time.perf_counter()
        bootstrap._make_venv()
        install(bootstrap, door)
        taken = time.perf_counter() - begun
    shutil.rmtree(bootstrap.VENV)
    return taken


def _bootstrap(venv: Path) -> ModuleType:
    """The bootstrap of this checkout over another environment."""
    spec = importlib.util.spec_from_file_location("bootstrap", CHECKOUT / "bin" / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.VENV = venv
    return module


@contextmanager
def _cached_in(folder: Path) -> Iterator[None]:
    """Meanwhile pip caches in `folder` and nowhere else, and what the installers print is dropped."""
    with patch.dict(os.environ, {"PIP_CACHE_DIR": str(folder)}), redirect_stdout(StringIO()):
        os.environ.pop("PIP_NO_CACHE_DIR", None)
        yield
