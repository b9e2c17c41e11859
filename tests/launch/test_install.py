"""Packages are installed once, from lock files that name no registry."""

import json
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.bootstraps import CHECKOUT, bootstrap_over, pins


@pytest.fixture
def bootstrap(tmp_path: Path) -> ModuleType:
    """Return the bootstrap module for a checkout whose .venv has a working Python."""
    module = bootstrap_over(tmp_path, tmp_path / ".venv")
    for lock in module.LOCKS:
        (tmp_path / lock).write_text(f"# {lock}")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    return module


def finish(bootstrap: ModuleType, lock: str) -> None:
    (bootstrap.VENV / "finished.json").write_text(json.dumps(bootstrap._stamp(lock)))


def test_an_install_that_never_finished_is_done_again(bootstrap: ModuleType) -> None:
    assert not bootstrap._is_installed("requirements.lock")
    finish(bootstrap, "requirements.lock")
    assert bootstrap._is_installed("requirements.lock")


def test_the_contributors_install_serves_the_users_command_and_not_the_other_way_round(
    bootstrap: ModuleType,
) -> None:
    finish(bootstrap, "requirements-dev.lock")
    assert bootstrap._is_installed("requirements.lock")
    finish(bootstrap, "requirements.lock")
    assert not bootstrap._is_installed("requirements-dev.lock")


def test_a_changed_lock_or_a_moved_checkout_is_installed_again(bootstrap: ModuleType) -> None:
    finish(bootstrap, "requirements.lock")
    (bootstrap.CHECKOUT / "requirements.lock").write_text("# newer")
    assert not bootstrap._is_installed("requirements.lock")


def test_an_environment_whose_python_is_missing_is_created_again(bootstrap: ModuleType) -> None:
    finish(bootstrap, "requirements.lock")
    (bootstrap.VENV / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    assert not bootstrap._is_installed("requirements.lock")


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock", "reflex.lock/bun.lock"]
)
def test_no_lock_names_a_registry(lock: str) -> None:
    text = (CHECKOUT / lock).read_text()
    assert "://" not in text
    assert "--index-url" not in text


def test_the_contributors_lock_holds_all_of_the_users_lock() -> None:
    ours, theirs = (pins(CHECKOUT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    for name, (version, extras) in ours.items():
        assert theirs[name][0] == version, name
        assert extras <= theirs[name][1], name


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_every_extra_that_a_package_asks_for(lock: str) -> None:
    """An old pip (before 24.1) takes `granian[reload]` for unpinned where the lock says `granian` alone."""
    pinned = pins(CHECKOUT / lock)
    for name in pinned:
        for requirement in requirements_with_extras(name, pinned[name][1]):
            wanted = canonicalize_name(requirement.name)
            missing = {canonicalize_name(extra) for extra in requirement.extras} - pinned[wanted][1]
            assert not missing, f"{name} asks for {requirement}, and the lock lacks {missing}"


def test_the_lock_of_uv_and_the_contributors_lock_agree() -> None:
    (version,) = {version for version, _ in pins(CHECKOUT / "requirements-uv.lock").values()}
    assert pins(CHECKOUT / "requirements-dev.lock")["uv"][0] == version


def requirements_with_extras(name: str, extras: set[str]) -> list[Requirement]:
    """Return the requirements with extras of an installed package that apply here with these extras."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # for another platform
        return []
    wanted = [Requirement(line) for line in lines]
    contexts = [{"extra": extra} for extra in ("", *extras)]
    return [
        line
        for line in wanted
        if line.extras and (not line.marker or any(map(line.marker.evaluate, contexts)))
    ]


@pytest.mark.parametrize("command", ["check", "test", "lock"])
def test_a_command_says_what_it_does_when_asked_and_does_nothing(command: str) -> None:
    result = subprocess.run(
        [sys.executable, CHECKOUT / "bin" / command, "--help"], capture_output=True, text=True, check=True
    )
    assert result.stdout.count("\n") == 1


def test_a_command_that_takes_no_options_refuses_those_it_is_given() -> None:
    command = [sys.executable, CHECKOUT / "bin" / "check", "--fast"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("bin/check takes no options, but got --fast.")


def test_tests_that_need_a_browser_are_skipped_and_counted_without_one() -> None:
    wanted = ["tests/sign_in/test_local_account.py", "tests/sign_in/test_sockets.py"]
    options = ["--collect-only", "--without-browser", "-p", "no:cacheprovider"]
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *wanted],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "test_local_account" not in listed
    assert "test_sockets" in listed
    assert "deselected" in listed


def test_an_install_that_may_not_be_written_says_so_in_one_line(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (bootstrap.CHECKOUT / "pyproject.toml").touch()
    shutil.rmtree(bootstrap.VENV)
    (bootstrap.CHECKOUT / "file").touch()
    bootstrap.VENV = bootstrap.CHECKOUT / "file" / ".venv"
    with pytest.raises(SystemExit) as end:
        bootstrap.run_in_venv(["python"], lock="requirements.lock")
    assert end.value.code == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert f"couldn't be installed in {bootstrap.CHECKOUT} (" in message


def test_the_command_that_starts_pursuit_is_no_script_with_the_path_in_its_first_line() -> None:
    assert '["python", "-P", "-m", "tracker", "up", *sys.argv[1:]]' in (CHECKOUT / "bin" / "run").read_text()
