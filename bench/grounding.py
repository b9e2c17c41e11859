"""`python -m bench.grounding`: recall and false alarms of the grounding check on labelled letters."""

from tests.support.grounding.labelled import PARTS, letters
from tests.support.grounding.measures import Measured, measured


def main() -> None:
    """Print both figures of every part, and the recall of each kind of claim."""
    print("| part | letters | planted | found | true | falsely marked |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for part in ("", *PARTS):
        measures = measured(letters(part))
        print(_line(part or "all", len(letters(part)), measures))
    total = measured(letters())
    print("\n| kind | planted | found |\n| --- | ---: | ---: |")
    for kind, planted in sorted(total.planted.items()):
        print(f"| {kind} | {planted} | {100 * total.detected[kind] / planted:.1f} % |")


def _line(name: str, number: int, measures: Measured) -> str:
    return (
        f"| {name} | {number} | {measures.planted.total()} | {100 * measures.recall:.1f} % | {measures.true} "
        f"| {100 * measures.false_alarms:.1f} % |"
    )


if __name__ == "__main__":
    main()
