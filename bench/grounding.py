"""`python -m bench.grounding`: how well the grounding checker does on the labelled letters, by part and by kind."""

from tests.support.grounding.labelled import PARTS, letters
from tests.support.grounding.measures import Measured, measured


def main() -> None:
    """Prints the two figures of every part, and the kinds of all."""
    print("| part | letters | planted | found | true | wrongly marked |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for part in ("", *PARTS):
        told = measured(letters(part))
        print(_line(part or "all", len(letters(part)), told))
    everything = measured(letters())
    print("\n| kind | planted | found |\n| --- | ---: | ---: |")
    for kind, planted in sorted(everything.planted.items()):
        print(f"| {kind} | {planted} | {100 * everything.found[kind] / planted:.1f} % |")


def _line(name: str, number: int, told: Measured) -> str:
    return (
        f"| {name} | {number} | {told.planted.total()} | {100 * told.recall:.1f} % | {told.true} "
        f"| {100 * told.false_alarms:.1f} % |"
    )


if __name__ == "__main__":
    main()
