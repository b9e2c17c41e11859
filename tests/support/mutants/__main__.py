"""`bin/mutants [ROOM...]`: try the mutants of some rooms or all, and list those that no test notices.

A second run continues: killed mutants of unchanged modules keep their outcome, and survivors are tried again.
"""

import argparse
import os
import random
import sys
from itertools import chain

import pytest

from tests.support.mutants.mutations import Mutant, mutants_of
from tests.support.mutants.outcomes import DETECTED, Figures, Outcomes, reasons, survivors
from tests.support.mutants.reached_functions import TestMap
from tests.support.mutants.rooms import ROOMS, TESTS, sources_of
from tests.support.mutants.session import MutationSession
from tracker.settings import CHECKOUT

FOLDER = CHECKOUT / "data" / "mutants"
SEED = 20261128
"""Seed of samples, so that a second run draws the same mutants."""


def main(arguments: list[str]) -> int:
    """Try mutants and print figures and survivors; return 1 if a survivor isn't explained."""
    options = _options(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    outcomes, test_map = Outcomes(FOLDER / "outcomes.jsonl"), TestMap(FOLDER / "tests.json")
    rooms = {room: [m for path in sources_of(room) for m in mutants_of(path)] for room in options.rooms}
    chosen = [
        mutant
        for mutants in rooms.values()
        for mutant in _sample(mutants, options.sample)
        if options.match in mutant.key and _is_open(mutant, outcomes, options)
    ]
    for mutant in chain(*rooms.values()):
        test_map.note_killer(mutant.module, mutant.function, outcomes.killer_of(mutant))
    if chosen and not options.report:
        _try(chosen, outcomes, test_map, options)
    for mutants in rooms.values():
        _list(survivors(mutants, outcomes))
    figures = [Figures.of(room, mutants, outcomes) for room, mutants in rooms.items()]
    print("\n".join(figure.sentence() for figure in figures))
    return int(any(figure.unexplained for figure in figures))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"{', '.join(ROOMS)}; all without any")
    parser.add_argument(
        "--sample", type=int, default=0, help="try this many mutants of each room, drawn by a fixed seed"
    )
    parser.add_argument(
        "--match", default="", help="try only mutants whose path, function or change contains this"
    )
    parser.add_argument("--new", action="store_true", help="leave survivors of earlier runs as they are")
    parser.add_argument("--again", action="store_true", help="try killed mutants again, too")
    parser.add_argument("--report", action="store_true", help="try none; print what earlier runs found")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="mutants tried at the same time"
    )
    parser.add_argument(
        "--seconds", type=float, default=10, help="processor time that the tests of a mutant get"
    )
    options = parser.parse_args(arguments)
    if unknown := [room for room in options.rooms if room not in ROOMS]:
        parser.error(f"There is no room {', '.join(unknown)}. Choose from {', '.join(ROOMS)}.")
    options.rooms = options.rooms or list(ROOMS)
    return options


def _sample(mutants: list[Mutant], size: int) -> list[Mutant]:
    """Return some mutants or all in random order.

    So an interrupted run has tried a sample as well.
    """
    return random.Random(SEED).sample(mutants, len(mutants))[: size or None]


def _is_open(mutant: Mutant, outcomes: Outcomes, options: argparse.Namespace) -> bool:
    """Return whether a mutant is to be tried in this run."""
    if options.again:
        return True
    if (mutant.path, mutant.function, mutant.change) in reasons() and outcomes.name_of(mutant):
        return False
    name = outcomes.name_of(mutant)
    return not name if options.new else name not in DETECTED


def _try(mutants: list[Mutant], outcomes: Outcomes, test_map: TestMap, options: argparse.Namespace) -> None:
    done = 0

    def record(mutant: Mutant, outcome: object) -> None:
        nonlocal done
        done += 1
        outcomes.record(mutant, outcome)  # type: ignore[arg-type]
        if done % 25 == 0 or done == len(mutants):
            print(f"{done} of {len(mutants)} mutants tried", file=sys.__stderr__, flush=True)

    plugin = MutationSession(mutants, record, test_map, options.jobs, options.seconds)
    paths = [str(CHECKOUT / path) for path in TESTS]
    pytest.main([*paths, "-q", "-s", "-p", "no:cacheprovider", "--rootdir", str(CHECKOUT)], plugins=[plugin])
    if failing := test_map.failing():
        print(f"Left out, since they fail without a mutant: {', '.join(failing)}")


def _list(mutants: list[Mutant]) -> None:
    explained = reasons()
    for mutant in mutants:
        if (mutant.path, mutant.function, mutant.change) not in explained:
            line = mutant.text.count("\n", 0, mutant.start) + 1
            print(f"{mutant.path}:{line} {mutant.function}: {mutant.change}")


if __name__ == "__main__":
    os.chdir(CHECKOUT)
    sys.exit(main(sys.argv[1:]))
