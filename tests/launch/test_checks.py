"""In CI a failed journey runs up to two more times, and is reported as flaky if it passes."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.bootstraps import CHECKOUT

ONCE = """
from pathlib import Path
def test_it_works_the_second_time():
    runs = Path(__file__).with_name("runs")
    number = len(runs.read_text()) if runs.exists() else 0
    runs.write_text("x" * (number + 1))
    assert number not in {FAILS}
def test_it_works_always():
    pass
"""


@pytest.fixture
def checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of bin/test, set to a checkout of its own."""
    monkeypatch.setattr(sys, "path", [str(CHECKOUT / "bin"), *sys.path])
    spec = importlib.util.spec_from_file_location("checks", CHECKOUT / "bin" / "checks.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.CHECKOUT = tmp_path
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (tmp_path / "tests" / "journeys").mkdir(parents=True)
    return module


def run(checks: ModuleType, fails: set[int]) -> int:
    journey = checks.CHECKOUT / "tests" / "journeys" / "test_one.py"
    journey.write_text(ONCE.replace("{FAILS}", str(fails)))
    whole = checks.Run()
    checks.journeys(whole)
    return int(whole.finish())


def test_a_journey_that_failed_once_is_named_as_flaky(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert run(checks, {0}) == 0
    flaky = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FLAKY")]
    assert len(flaky) == 1
    assert "tests/journeys/test_one.py::test_it_works_the_second_time" in flaky[0]


@pytest.mark.parametrize("fails", [{0, 1}, {0, 2}])
def test_a_journey_that_fails_again_is_a_failure(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, fails: set[int]
) -> None:
    monkeypatch.setenv("CI", "true")
    assert run(checks, fails) == 1


def test_outside_of_ci_a_failure_is_a_failure(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert run(checks, {0}) == 1


def test_many_failures_are_not_rerun(checks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(checks, "MAX_RERUNS", 0)
    assert run(checks, {0}) == 1
