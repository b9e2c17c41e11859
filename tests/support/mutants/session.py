"""Pytest session that tries mutants in place of tests.

It starts the servers, migrates and imports once, and forks for each mutant.
"""

import gc
import inspect
import json
import os
import random
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil, inf
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from tests.support.mutants.injection import Originals
from tests.support.mutants.mutations import MODULE, Mutant
from tests.support.mutants.outcomes import Outcome
from tests.support.mutants.reached_functions import TestMap
from tracker import cache, db
from tracker.settings import CHECKOUT

EXAMPLES = 12
"""Examples that a property is tried with."""
PART = 60
"""Tests that are measured in one fork, whose result is stored as soon as it ends."""
WARM_UP = 40
"""Tests that run before all forks."""
CHECKED, CHECKED_TESTS = 5, 10
"""Functions whose tests are run without a change beforehand, and how many of each."""
MAX_TEST_SECONDS = 60
"""Tests that take longer are left out."""
MAX_WALL_SECONDS = 240.0
MAX_MEMORY = 8 << 30
KILLED, SURVIVED, ERROR = 1, 0, 3


@dataclass
class MutationSession:
    """The pytest plugin that tries mutants, `jobs` at a time, and passes each outcome to `record`."""

    mutants: list[Mutant]
    record: Callable[[Mutant, Outcome], None]
    test_map: TestMap
    jobs: int = 2
    max_seconds: float = 10.0
    """Processor time that the tests of a mutant get; it survives those that this leaves out."""
    running: dict[int, tuple[Mutant, float, Path]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Start the servers, measure tests that are new, and try the mutants."""
        self.items = {item.nodeid: item for item in session.items}
        self.test_map.read({name: _text(item) for name, item in self.items.items()})
        self._warm_up(session.items)
        _use_few_examples(session.items)
        self.originals = Originals()
        db.engine().dispose()  # Forks must not share a connection.
        self._measure(self.test_map.unmeasured(self.items))
        gc.collect()
        gc.freeze()
        self._check_originals()
        for mutant in self.mutants:
            while len(self.running) >= self.jobs:
                self._wait()
            self._start(mutant)
        while self.running:
            self._wait()
        return True

    def _warm_up(self, items: list[pytest.Item]) -> None:
        """Start the servers, and let the engine compile statements that the forks then share."""
        own = [item for item in items if "alice" in getattr(item, "fixturenames", ())]
        for item in own[:: max(1, len(own) // WARM_UP)]:
            # A following test of another folder ends all fixtures but those of the session.
            following = items[-1] if item.path.parent != items[-1].path.parent else items[0]
            runtestprotocol(item, log=False, nextitem=following)

    def _check_originals(self) -> None:
        """Raise an error if the tests of an unchanged function fail in a fork."""
        for mutant in random.Random(0).sample(self.mutants, min(CHECKED, len(self.mutants))):
            original = replace(mutant, replacement=mutant.text[mutant.start : mutant.end])
            tests = self._chosen(self.test_map.tests_of(mutant)[:CHECKED_TESTS])
            report = self.test_map.path.with_name("original")
            if not tests:
                continue
            pid = os.fork()
            if not pid:
                _in_child(lambda: self._try(original, tests, report))  # noqa: B023
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if code != SURVIVED:
                reason = report.read_text() if report.exists() else f"Exit code {code}"
                raise RuntimeError(f"{mutant.path} {mutant.function} fails without a mutant: {reason}")

    def _measure(self, names: list[str]) -> None:
        """Run tests once in forks, with the functions that each reaches and the time it takes."""
        parts = [names[start : start + PART] for start in range(0, len(names), PART)]
        paths: dict[int, Path] = {}
        for number, part in enumerate([*parts, *[[]] * self.jobs]):
            while len(paths) >= self.jobs or (not part and paths):
                path = paths.pop(os.wait()[0])
                self.test_map.add(json.loads(path.read_text()) if path.exists() else {}, self.items)
                path.unlink(missing_ok=True)
            if part:
                print(f"Measuring {len(part)} of {len(names)} tests ...", flush=True)
                path = self.test_map.path.with_name(f"part-{number}.json")
                if pid := os.fork():
                    paths[pid] = path
                else:
                    _in_child(partial(self._measured, self._chosen(part), path))

    def _measured(self, tests: list[pytest.Item], result: Path) -> int:
        """Write the functions that each passing test reaches, and its seconds; a failing test has none."""
        signal.signal(signal.SIGALRM, _stop_test)
        coverage = Coverage(data_file=None, include=[f"{CHECKOUT}/tracker/services/*"])
        coverage.start()
        seconds: dict[str, float] = {}
        for test in tests:
            self.originals.clear_caches()
            coverage.switch_context(test.nodeid)
            began = time.monotonic()
            signal.alarm(MAX_TEST_SECONDS)
            if all(has_passed for _, has_passed in _results([test], last=tests[-1])):
                seconds[test.nodeid] = time.monotonic() - began
            signal.alarm(0)
        coverage.stop()
        reached = _functions(coverage)
        entries = {
            test.nodeid: {"seconds": seconds.get(test.nodeid), "functions": reached.get(test.nodeid, [])}
            for test in tests
        }
        result.write_text(json.dumps(entries))
        return 0

    def _chosen(self, names: Iterable[str]) -> list[pytest.Item]:
        return [self.items[name] for name in names if name in self.items]

    def _start(self, mutant: Mutant) -> None:
        tests = self._chosen(self.test_map.tests_of(mutant))
        if not tests:
            self.record(mutant, Outcome("survived", "", 0.0))
            return
        report = self.test_map.path.with_name(f"killer-{len(self.running)}-{time.monotonic_ns()}")
        pid = os.fork()
        if not pid:
            _in_child(lambda: self._try(mutant, tests, report))
        self.running[pid] = (mutant, time.monotonic(), report)

    def _try(self, mutant: Mutant, tests: list[pytest.Item], report: Path) -> int:
        _limit(self.max_seconds + MAX_TEST_SECONDS)
        db.engine().dispose(close=False)
        cache.valkey().connection_pool.reset()
        try:
            self.originals.inject(mutant)
        except Exception:
            report.write_text(traceback.format_exc())
            return KILLED
        for name, has_passed in _results(tests, self.max_seconds):
            if not has_passed:
                report.write_text(name)
                return KILLED
        return SURVIVED

    def _wait(self) -> None:
        """Wait for a mutant to end, and stop the one that takes too long."""
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            for late, (_, since, _) in self.running.items():
                if time.monotonic() - since > MAX_WALL_SECONDS:
                    os.kill(late, signal.SIGKILL)
            time.sleep(0.005)
            return
        mutant, since, report = self.running.pop(pid)
        killer = report.read_text() if report.exists() else ""
        report.unlink(missing_ok=True)
        code = os.waitstatus_to_exitcode(status)
        name = {KILLED: "killed", SURVIVED: "survived", ERROR: "error"}.get(code, "timeout")
        self.test_map.note_killer(mutant.module, mutant.function, killer)
        self.record(mutant, Outcome(name, killer, time.monotonic() - since))


def _use_few_examples(items: list[pytest.Item]) -> None:
    import hypothesis  # pytest rewrites its assertions, so only after pytest has started

    for item in items:
        test = getattr(item, "obj", None)
        if hypothesis.is_hypothesis_test(test):
            own = getattr(test, "_hypothesis_internal_use_settings", None)  # May suppress health checks.
            few = hypothesis.settings(
                own, max_examples=EXAMPLES, database=None, deadline=None, derandomize=True
            )
            test._hypothesis_internal_use_settings = few  # type: ignore[union-attr]


def _text(item: pytest.Item) -> str:
    return inspect.getsource(inspect.unwrap(item.obj)) if isinstance(item, pytest.Function) else ""


def _in_child(action: Callable[[], int]) -> None:
    """Run an action without output, and end this process with its result."""
    code = ERROR
    try:
        with Path(os.devnull).open("w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        code = action()
    except BaseException:
        (CHECKOUT / "data" / "mutants" / "error.txt").write_text(traceback.format_exc())
    finally:
        os._exit(code)


def _limit(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds), ceil(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _results(
    tests: list[pytest.Item], max_seconds: float = inf, last: pytest.Item | None = None
) -> Iterator[tuple[str, bool]]:
    """Run tests within some processor time; yield their names, and whether they passed."""
    for test, following in zip(tests, [*tests[1:], last or tests[-1]], strict=True):
        if time.process_time() > max_seconds:
            return
        reports = runtestprotocol(test, log=False, nextitem=following)
        yield test.nodeid, not any(report.failed for report in reports)


class _TooSlow(BaseException):
    """A test takes too long to be run for mutants."""


def _stop_test(number: int, frame: object) -> None:
    raise _TooSlow


def _functions(coverage: Coverage) -> dict[str, list[str]]:
    """Return the functions, by module, that each test reached."""
    from tests.support.mutants.reached_functions import function_at

    reached: dict[str, set[str]] = {}
    data = coverage.get_data()
    for path in data.measured_files():
        module = str(Path(path).relative_to(CHECKOUT)).removesuffix(".py").replace("/", ".")
        names = function_at(Path(path))
        for line, tests in data.contexts_by_lineno(path).items():
            for test in tests:
                reached.setdefault(test, set()).add(f"{module}:{names.get(line, MODULE)}")
    return {test: sorted(names) for test, names in reached.items()}
