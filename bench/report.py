"""The figures as tables that can be pasted into a document."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bench.actions import FLOOR, FLOOR_PAGE
from bench.crowd import Crowd
from bench.idle import Idle
from bench.measure import Answers, percentile
from bench.sizes import Fetched
from bench.statements import Asked

AIM_MS, AIM_ANALYTICS_MS, AIM_STATEMENTS, AIM_BYTES = 15, 40, 8, 100_000
FLOORS = (FLOOR.name, FLOOR_PAGE.name)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under a head, in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def alone(answers: Answers, asked: Mapping[str, Asked]) -> str:
    """Each action of one person: time, time above the floor, statements and bytes; `!` marks a missed aim."""
    floors = {name: percentile([one.seconds for one in answers[name]], 0.5) for name in FLOORS}
    head = [
        "action",
        "p50 ms",
        "p95 ms",
        "above adding one ms",
        "above the floor of its kind ms",
        "SQL",
        "sent to PostgreSQL",
        "bytes",
        "longest message",
    ]
    return table(head, [_row(name, answers, asked.get(name), floors) for name in _in_order(answers)])


def _in_order(answers: Answers) -> list[str]:
    return [*FLOORS, *(name for name in answers if name not in FLOORS)]


def _row(name: str, answers: Answers, asked: Asked | None, floors: Mapping[str, float]) -> list[object]:
    taken = [one.seconds for one in answers[name]]
    p50, p95 = percentile(taken, 0.5), percentile(taken, 0.95)
    sent, longest = max(one.sent for one in answers[name]), max(one.largest for one in answers[name])
    number = len(asked.statements) if asked else 0
    return [
        name,
        f"{p50 * 1000:.1f}",
        f"{p95 * 1000:.1f}",
        _above(p50, floors[FLOOR.name], name),
        _above(p50, floors[FLOOR_PAGE.name if name.partition(" ")[0] == "open" else FLOOR.name], name),
        _judged(str(number), number > AIM_STATEMENTS),
        asked.sent if asked else 0,
        f"{sent:,}",
        _judged(f"{longest:,}", longest > AIM_BYTES),
    ]


def _above(p50: float, floor: float, name: str) -> str:
    above = (p50 - floor) * 1000
    return _judged(f"{above:.1f}", above > (AIM_ANALYTICS_MS if "analytics" in name else AIM_MS))


def _judged(figure: str, missed: bool) -> str:
    return f"{figure} !" if missed else figure


def scans(asked: Mapping[str, Asked]) -> str:
    """Which actions read a large table from end to end."""
    found = [f"- {name}: {', '.join(sorted(one.scans))} !" for name, one in asked.items() if one.scans]
    return "\n".join(found) or "No plan of any of these statements scans a large table from end to end."


def apart(asked: Mapping[str, Asked], name: str) -> str:
    """What is asked in an event of its own, which no action of the table waits for."""
    return f"{name[0].upper()}{name[1:]}: {len(asked[name].statements)} statements, {asked[name].sent} sent to PostgreSQL."


def waits(taken: Mapping[str, Sequence[float]], beside: Mapping[str, str]) -> str:
    """What a person waits for in a browser, each beside its floor."""
    rows = []
    for name, seconds in taken.items():
        p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
        above = f"{(p50 - percentile(taken[beside[name]], 0.5)) * 1000:.0f}" if name in beside else ""
        rows.append((name, f"{p50 * 1000:.0f}", f"{p95 * 1000:.0f}", above))
    return table(["in a browser", "p50 ms", "p95 ms", "above its floor ms"], rows)


def crowds(found: Iterable[Crowd], number: int) -> str:
    """Many tabs at once."""
    rows = [
        (crowd.name, f"{crowd.each_second:.0f}", f"{crowd.p50 * 1000:.0f}", f"{crowd.p95 * 1000:.0f}")
        for crowd in found
    ]
    return table([f"{number} tabs at once", "a second", "p50 ms", "p95 ms"], rows)


def idle(several: Idle, one: Idle) -> str:
    """Tabs that only stand open."""
    figures: dict[str, Callable[[Idle], str]] = {
        "memory of the web process, kB a tab": lambda idle: f"{idle.kilobytes_each:.0f}",
        "processor, % of a core": lambda idle: f"{idle.processor_percent:.1f}",
        "the same before any tab was open": lambda idle: f"{idle.processor_percent_without:.1f}",
        "messages a second to all tabs together": lambda idle: f"{idle.frames_a_second:.1f}",
        "commands a second to Redis": lambda idle: f"{idle.commands_a_second:.1f}",
        "subscriptions to what changes": lambda idle: str(idle.subscriptions),
        "lists that show the person's applications": lambda idle: str(idle.lists),
        "ms until such a list shows a change made elsewhere, p50": lambda idle: (
            f"{idle.shown_p50 * 1000:.0f}"
        ),
        "ms until the last of them shows it": lambda idle: f"{idle.shown_last * 1000:.0f}",
    }
    rows = [(name, figure(several), figure(one)) for name, figure in figures.items()]
    return table([f"{one.tabs} tabs that stand open", "of different people", "of the one person"], rows)


def sizes(found: Iterable[Fetched]) -> str:
    """What a cold list page fetches."""
    rows = [(f.kind, f.files, f"{f.plain:,}", f"{f.gzip:,}", f"{f.brotli:,}") for f in found]
    return table(["cold list page", "files", "bytes", "gzip", "brotli"], rows)
