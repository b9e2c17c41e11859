"""Stored outcomes of mutants, the reasons why some can't be killed, and the figures of a room."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path

from tests.support.mutants.mutations import Mutant

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
DETECTED = ("killed", "timeout")


@dataclass(frozen=True)
class Outcome:
    """The end of a mutant: killed, survived, timeout or error, the test that failed, and the seconds."""

    name: str
    killer: str
    seconds: float


class Outcomes:
    """Outcomes in a file, which a later run continues."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stored: dict[str, dict[str, str | float]] = {}
        if path.exists():
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.stored[entry["key"]] = entry

    def record(self, mutant: Mutant, outcome: Outcome) -> None:
        """Append an outcome to the file."""
        entry = {"key": mutant.key, "digest": mutant.digest, **asdict(outcome)}
        self.stored[mutant.key] = entry
        with self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")

    def name_of(self, mutant: Mutant) -> str:
        """Return the outcome of a mutant of the present module; empty if it wasn't tried."""
        entry = self.stored.get(mutant.key, {})
        return str(entry["name"]) if entry.get("digest") == mutant.digest else ""

    def killer_of(self, mutant: Mutant) -> str:
        """Return the test that killed a mutant when it was last tried, perhaps in an earlier module."""
        return str(self.stored.get(mutant.key, {}).get("killer", ""))

    def seconds_of(self, mutant: Mutant) -> float:
        """Return how long a mutant took."""
        return float(self.stored.get(mutant.key, {}).get("seconds", 0))


def reasons() -> dict[tuple[str, str, str], str]:
    """Return why a mutant is equivalent, by path, function and change."""
    if not EQUIVALENT.exists():
        return {}
    return {
        (path, entry["function"], entry["change"]): entry["reason"]
        for path, entries in tomllib.loads(EQUIVALENT.read_text()).items()
        for entry in entries
    }


@dataclass(frozen=True)
class Figures:
    """Number of mutants of a room that were tried, by outcome."""

    room: str
    mutants: int
    tried: int
    killed: int
    timeouts: int
    explained: int
    unexplained: int
    seconds: float

    @classmethod
    def of(cls, room: str, mutants: list[Mutant], outcomes: Outcomes) -> "Figures":
        """Count the outcomes of a room's mutants."""
        names = Counter(outcomes.name_of(mutant) for mutant in mutants)
        left = survivors(mutants, outcomes)
        explained = sum((mutant.path, mutant.function, mutant.change) in reasons() for mutant in left)
        tried = names.total() - names[""]
        seconds = sum(outcomes.seconds_of(mutant) for mutant in mutants)
        killed = names["killed"] + names["timeout"]
        return cls(
            room, len(mutants), tried, killed, names["timeout"], explained, len(left) - explained, seconds
        )

    def sentence(self) -> str:
        """Return the figures on a line, with an interval when only a sample was tried."""
        if not self.tried:
            return f"{self.room}: none of {self.mutants} mutants tried"
        text = (
            f"{self.room}: {self.tried} of {self.mutants} mutants tried, {self.killed} killed "
            f"({self.timeouts} by the time limit), {100 * self.killed / self.tried:.1f} %"
        )
        if self.tried < self.mutants:
            low, high = wilson(self.killed, self.tried)
            text += f" (95 % interval {100 * low:.1f} to {100 * high:.1f} %)"
        survivors = self.explained + self.unexplained
        return f"{text}; {survivors} survived, {self.explained} of them explained; {self.seconds:.0f} s"


def survivors(mutants: Iterable[Mutant], outcomes: Outcomes) -> list[Mutant]:
    """Return the mutants that no test noticed."""
    return [mutant for mutant in mutants if outcomes.name_of(mutant) in ("survived", "error")]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    z, share = 1.96, part / whole
    middle = share + z * z / (2 * whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)
