"""What bin/test and bin/check run, part by part; a failed part never hides the ones after it."""

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
MAX_RERUNS = 5  # journeys; more failures than these are no accident
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
NO_BROWSER = (
    "No Chromium on this machine: the tests that need one are left out. bin/test installs one and runs them."
)
INTERFACE = ["python", "-m", "tracker.web_build"]


class Proof:
    """The parts run so far, with the seconds each took, the last line of each run of tests, and flaky tests."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.seconds: dict[str, float] = {}
        self.verdicts: list[str] = []
        self.flaky: list[str] = []

    def part(self, name: str, command: list[str]) -> bool:
        """Runs one part with its output shown; says whether it went well."""
        print(f"\n{name}: {' '.join(command)}", flush=True)
        begun = time.monotonic()
        fine = self._follow(command) == 0
        self.seconds[name] = time.monotonic() - begun
        if not fine:
            self.failed.append(name)
        return fine

    def finish(self) -> int:
        """Prints the seconds of each part, then the tests' own last lines; returns the exit status."""
        parts = [
            f"{name} {took:.1f} s{' FAILED' * (name in self.failed)}" for name, took in self.seconds.items()
        ]
        unrun = [f"{name} NOT RUN" for name in self.failed if name not in self.seconds]
        print("\n" + " · ".join([*parts, *unrun]))
        for name in self.flaky:
            print(f"FLAKY, a defect to mend next: {name} failed once, and passed twice by itself")
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


def everything() -> int:
    """All parts, the browser journeys last, over the production build."""
    browses = _with_browser(required=True)
    proof = _quick()
    built = proof.part("interface", INTERFACE)
    if built and browses:
        journeys(proof)
    else:
        proof.failed.append("journeys")
    return proof.finish()


def journeys(proof: Proof) -> None:
    """All journeys; in CI a few that failed run again, each by itself and twice, and are named as flaky if they pass."""
    with tempfile.TemporaryDirectory() as cache:
        run = ["python", "-m", "pytest", "-o", f"cache_dir={cache}"]
        if proof.part("journeys", [*run, JOURNEYS, *PARALLEL]) or not os.environ.get("CI"):
            return
        failed = Path(cache, "v", "cache", "lastfailed")
        names = sorted(json.loads(failed.read_text())) if failed.exists() else []
    if not 0 < len(names) <= MAX_RERUNS:
        return
    again = [
        proof.part(f"{name} again ({number})", ["python", "-m", "pytest", name])
        for name in names
        for number in (1, 2)
    ]
    if all(again):
        proof.failed.remove("journeys")
        proof.flaky += names


def some(paths: list[str]) -> int:
    """The tests under `paths` alone; the interface is built when journeys are among them."""
    proof = Proof()
    inside = [
        os.path.relpath(Path(path).resolve() if Path(path).exists() else path, CHECKOUT) for path in paths
    ]
    visits = any(word in ("tests", ".") or word.startswith(JOURNEYS) for word in inside)
    has_browser = _with_browser(required=visits)
    if visits and not (has_browser and proof.part("interface", INTERFACE)):
        proof.failed.append("tests")
    else:
        proof.part("tests", ["python", "-m", "pytest", *paths_of(paths)])
    return proof.finish()


def paths_of(paths: list[str]) -> list[str]:
    """The paths as pytest takes them from the checkout, whatever folder the command was given in."""
    return [str(Path(path).resolve()) if Path(path).exists() else path for path in paths]


def _quick() -> Proof:
    proof = Proof()
    for name, command in STATIC.items():
        proof.part(name, command)
    if _with_browser(required=False):
        proof.part("tests", TESTS)
    else:
        print(f"\n{NO_BROWSER}", file=sys.stderr, flush=True)
        proof.part("tests", [*TESTS, "--without-browser"])
    return proof


def _with_browser(*, required: bool) -> bool:
    """Tells the tests where a Chromium is, installing one when they can't do without; whether there is one."""
    try:
        found = browser.installed() if required else browser.found()
    except browser.NoBrowser as error:
        print(f"\n{'!' * 78}\n{error}\n{'!' * 78}", file=sys.stderr, flush=True)
        return False
    if found:
        os.environ["PURSUIT_CHROMIUM"] = found
    return bool(found)


if __name__ == "__main__":
    scope, *chosen = sys.argv[1:]
    if scope == "quick":
        sys.exit(_quick().finish())
    sys.exit(some(chosen) if chosen else everything())
