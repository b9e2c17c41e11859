"""The stages and outcomes that applications reached: Sankey diagram, funnel and rates.

Reaching a stage counts as reaching each one before it, skipped or not; so each application follows one path, from `saved`
through every stage up to its furthest, then to its outcome or to `open`.
"""

import itertools

from tracker.services.figures.rates import rate
from tracker.services.figures.tallies import OPEN_STAGES, Tallies
from tracker.shapes.enumerations import Outcome, Stage
from tracker.shapes.figures import Flow, Link, NamedRate, Node, Selection, Step

OPEN = "open"


def flow(selection: Selection, counted: Tallies) -> Flow:
    """Return the stages applications reached and how they ended, without empty nodes and links."""
    ended = _ended(counted)
    names = {stage.value: stage.label for stage in OPEN_STAGES}
    ends = {**{outcome.value: outcome.label for outcome in Outcome}, OPEN: "Still open"}
    further = [number(counted, stage) for stage in OPEN_STAGES]
    nodes = [
        Node(stage.value, stage.label, further[stage.rank], selection.behind(f"reached:{stage}"))
        for stage in OPEN_STAGES
    ]
    nodes += [
        Node(end, label, sum(n for (_, e), n in ended.items() if e == end), selection.behind(f"ended:{end}"))
        for end, label in ends.items()
    ]
    links = [
        Link(
            before.value,
            after.value,
            further[after.rank],
            f"{before.label} to {after.label}",
            selection.behind(f"reached:{after}"),
        )
        for before, after in itertools.pairwise(OPEN_STAGES)
    ]
    links += [
        Link(
            stage,
            end,
            n,
            f"{names[stage]} to {ends[end].lower()}",
            selection.behind(f"path:{stage}:{end}"),
        )
        for (stage, end), n in sorted(ended.items(), key=lambda item: _place(*item[0]))
    ]
    return Flow([node for node in nodes if node.count], [link for link in links if link.count])


def _place(stage: str, end: str) -> tuple[int, int]:
    return Stage(stage).rank, [*Outcome, OPEN].index(end)


def _ended(counted: Tallies) -> dict[tuple[str, str], int]:
    """Return how many got to each stage and no further, by outcome."""
    ended: dict[tuple[str, str], int] = {}
    for (status, rank), tally in counted["stands"].items():
        place = (OPEN_STAGES[rank].value, status if status in set(Outcome) else OPEN)
        ended[place] = ended.get(place, 0) + tally.n
    return ended


def number(counted: Tallies, stage: Stage) -> int:
    """Return how many ever reached a stage."""
    return sum(tally.n for (_, rank), tally in counted["stands"].items() if rank >= stage.rank)


def funnel(selection: Selection, counted: Tallies) -> list[Step]:
    """Return how many reached each stage, as a share of the stage before and of all that were sent."""
    further = [number(counted, stage) for stage in OPEN_STAGES]
    sent = further[Stage.APPLIED.rank]
    return [
        Step(
            stage.value,
            stage.label,
            further[stage.rank],
            rate(further[stage.rank], further[max(stage.rank - 1, 0)]),
            rate(further[stage.rank] if stage.rank else 0, sent if stage.rank else 0),
            selection.behind(f"reached:{stage}"),
        )
        for stage in OPEN_STAGES
    ]


def rates(selection: Selection, counted: Tallies) -> list[NamedRate]:
    """Return how many of those sent were answered, got to an interview, and got an offer."""
    sent = number(counted, Stage.APPLIED)
    answered = sum(tally.answered for tally in counted["stands"].values())
    interviewed, offered = (number(counted, stage) for stage in (Stage.INTERVIEWING, Stage.OFFER))
    return [
        NamedRate("response", "Response rate", rate(answered, sent), selection.behind("answered:yes")),
        NamedRate(
            "interview", "Interview rate", rate(interviewed, sent), selection.behind("reached:interviewing")
        ),
        NamedRate("offer", "Offer rate", rate(offered, sent), selection.behind("reached:offer")),
    ]
