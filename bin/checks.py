"""Checks of bin/test and bin/check; all of them run even when one fails."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import browser

CHECKOUT = Path(__file__).resolve().parent.parent
JOURNEYS = "tests/journeys"
MAX_RERUNS = 5  # More failed journeys than this aren't flaky.
PARALLEL = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]
STATIC = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "scripts": ["oxlint", "--deny-warnings", "assets/browser"],
    "types": ["mypy"],
    "contracts": ["lint-imports"],
    "spelling": ["codespell"],
}
TESTS = ["python", "-m", "pytest", "tests", f"--ignore={JOURNEYS}", *PARALLEL]
NO_BROWSER = "No Chromium found: tests that need a browser are skipped. bin/test installs one."
INTERFACE = ["python", "-m", "tracker.launch.web_build"]


class Run:
    """Checks that ran, with their durations, pytest's summary lines and flaky tests."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.seconds: dict[str, float] = {}
        self.verdicts: list[str] = []
        self.flaky: list[str] = []

    def check(self, name: str, command: list[str]) -> bool:
        """Run a check with its output shown; return True if it passed."""
        print(f"\n{name}: {' '.join(command)}", flush=True)
        started = time.monotonic()
        passed = self._follow(command) == 0
        self.seconds[name] = time.monotonic() - started
        if not passed:
            self.failed.append(name)
        return passed

    def finish(self) -> int:
        """Print the durations and pytest's summaries; return the exit status."""
        parts = [
            f"{name} {duration:.1f} s{' FAILED' * (name in self.failed)}"
            for name, duration in self.seconds.items()
        ]
        unrun = [f"{name} NOT RUN" for name in self.failed if name not in self.seconds]
        print("\n" + " · ".join([*parts, *unrun]))
        for name in self.flaky:
            print(f"FLAKY: {name} failed once and passed twice on its own; fix it next")
        print("\n".join(self.verdicts), flush=True)
        return 1 if self.failed else 0

    def _follow(self, command: list[str]) -> int:
        last = ""
        with subprocess.Popen(
            command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child:
            for line in child.stdout or ():
                print(line, end="", flush=True)
                last = line.strip() or last
        if "pytest" in command:
            self.verdicts.append(last)
        return child.returncode


def run_all() -> int:
    """Run all checks, ending with browser journeys over the production build."""
    has_browser = _with_browser(required=True)
    run = _quick()
    is_built = run.check("interface", INTERFACE)
    if is_built and has_browser:
        journeys(run)
    else:
        run.failed.append("journeys")
    return run.finish()


def journeys(run: Run) -> None:
    """Run all journeys; in CI, rerun a few failed ones twice, and report them as flaky if they pass."""
    with tempfile.TemporaryDirectory() as cache:
        pytest = ["python", "-m", "pytest", "-o", f"cache_dir={cache}"]
        if run.check("journeys", [*pytest, JOURNEYS, *PARALLEL]) or not os.environ.get("CI"):
            return
        failed = Path(cache, "v", "cache", "lastfailed")
        names = sorted(json.loads(failed.read_text())) if failed.exists() else []
    if not 0 < len(names) <= MAX_RERUNS:
        return
    reruns = [
        run.check(f"{name} again ({number})", ["python", "-m", "pytest", name])
        for name in names
        for number in (1, 2)
    ]
    if all(reruns):
        run.failed.remove("journeys")
        run.flaky += names


def run_paths(paths: list[str]) -> int:
    """Run the tests under `paths`, after a web build if they include journeys."""
    run = Run()
    inside = [
        os.path.relpath(Path(path).resolve() if Path(path).exists() else path, CHECKOUT) for path in paths
    ]
    visits = any(word in ("tests", ".") or word.startswith(JOURNEYS) for word in inside)
    has_browser = _with_browser(required=visits)
    if visits and not (has_browser and run.check("interface", INTERFACE)):
        run.failed.append("tests")
    else:
        run.check("tests", ["python", "-m", "pytest", *paths_of(paths)])
    return run.finish()


def paths_of(paths: list[str]) -> list[str]:
    """Return the paths as pytest takes them, whatever the current folder is."""
    return [str(Path(path).resolve()) if Path(path).exists() else path for path in paths]


def _quick() -> Run:
    run = Run()
    for name, command in STATIC.items():
        run.check(name, command)
    if _with_browser(required=False):
        run.check("tests", TESTS)
    else:
        print(f"\n{NO_BROWSER}", file=sys.stderr, flush=True)
        run.check("tests", [*TESTS, "--without-browser"])
    return run


def _with_browser(*, required: bool) -> bool:
    """Set the path of Chromium for the tests, installed if required; return False without one."""
    try:
        path = browser.ensure() if required else browser.find()
    except browser.NoBrowser as error:
        print(f"\n{'!' * 78}\n{error}\n{'!' * 78}", file=sys.stderr, flush=True)
        return False
    if path:
        os.environ["PURSUIT_CHROMIUM"] = path
    return bool(path)


if __name__ == "__main__":
    scope, *chosen = sys.argv[1:]
    if scope == "quick":
        sys.exit(_quick().finish())
    sys.exit(run_paths(chosen) if chosen else run_all())
