"""Both installers on an empty environment: uv, and the oldest bundled pip as its fallback."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import IO

import pytest
from packaging.utils import canonicalize_name

from tests.support.bootstraps import CHECKOUT, bootstrap_over, pins

OLDEST_PIP = {11: "22.3", 12: "23.2.1", 13: "24.2", 14: "25.2"}[sys.version_info.minor]
"""The pip bundled with the first release of this Python; an older one doesn't run on it."""
IMPORTS = "import granian, reflex, psycopg, psycopg_binary, watchfiles, tracker.settings"


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """Return the bootstrap module of this checkout, set to another environment."""
    return bootstrap_over(CHECKOUT, tmp_path / "venv")


@pytest.fixture
def install_lock() -> Iterator[IO[str]]:
    """Yield an open file, as an install holds its lock."""
    with (CHECKOUT / "pyproject.toml").open() as lock_file:
        yield lock_file


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip compilation: pip reads "0" as yes if an option's name begins with "no"."""
    monkeypatch.setenv("PIP_NO_COMPILE", "0")


def test_uv_installs_the_lock(bootstrap: ModuleType, install_lock: IO[str]) -> None:
    bootstrap._make_venv()
    total = bootstrap._count("requirements.lock")
    assert bootstrap._install_with_uv("requirements.lock", install_lock, total), logs(bootstrap)
    assert installed(bootstrap).keys() >= applicable("requirements.lock")
    assert not (bootstrap.VENV / "uv").exists()


def test_the_oldest_pip_installs_both_locks_where_uv_fails(
    bootstrap: ModuleType,
    install_lock: IO[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bring_old_pip(bootstrap, monkeypatch)
    monkeypatch.setenv("UV_OFFLINE", "1")
    bootstrap._install("requirements.lock", install_lock)
    assert "installing with pip instead" in capsys.readouterr().out
    assert installed(bootstrap)["pip"] == OLDEST_PIP
    run(bootstrap, "-c", IMPORTS)
    run(bootstrap, "-m", "pip", "check")
    bootstrap._pip(
        ["--dry-run", "--require-hashes", "-r", str(CHECKOUT / "requirements-dev.lock")], install_lock
    )
    wanted = applicable("requirements-dev.lock") - installed(bootstrap).keys()
    (resolved,) = re.findall(
        "^Would install (.*)$", (bootstrap.VENV / "install.log").read_text(), re.MULTILINE
    )
    assert {canonicalize_name(word.rpartition("-")[0]) for word in resolved.split()} >= wanted


def bring_old_pip(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give new environments the oldest pip; the first is copied, which saves the second its installs."""
    make_venv, copy = bootstrap._make_venv, bootstrap.VENV.with_name("kept")

    def make_old_venv() -> None:
        if copy.exists():
            shutil.rmtree(bootstrap.VENV)
            shutil.copytree(copy, bootstrap.VENV, symlinks=True)
            return
        make_venv()
        run(bootstrap, "-m", "pip", "install", "--quiet", f"pip=={OLDEST_PIP}")
        shutil.copytree(bootstrap.VENV, copy, symlinks=True)

    monkeypatch.setattr(bootstrap, "_make_venv", make_old_venv)


def run(bootstrap: ModuleType, *arguments: str) -> str:
    """Run the environment's Python; return its output."""
    python = str(bootstrap.VENV / "bin" / "python")
    done = subprocess.run(
        [python, *arguments], capture_output=True, text=True, check=False, cwd=bootstrap.VENV
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def installed(bootstrap: ModuleType) -> dict[str, str]:
    """Return the packages of the environment with their versions."""
    lines = run(
        bootstrap, "-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check"
    ).splitlines()
    return {
        name.lower().replace("_", "-"): version
        for name, _, version in (line.partition("==") for line in lines)
    }


def applicable(lock: str) -> set[str]:
    """Return the packages of a lock that apply to this platform, those of the tests' environment."""
    here = {canonicalize_name(distribution.name) for distribution in metadata.distributions()}
    return pins(CHECKOUT / lock).keys() & here


def logs(bootstrap: ModuleType) -> str:
    """Return the logs of the installers."""
    return "\n".join(path.read_text() for path in bootstrap.VENV.glob("*.log"))
