"""Figures as Markdown tables for docs/benchmarks.md."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bench import rival
from bench.actions import FLOOR, FLOOR_PAGE
from bench.concurrency import Throughput
from bench.idle import Idle
from bench.memory import Sample
from bench.sizes import FileSizes
from bench.statements import Queries
from bench.timings import Answers, percentile

TARGET_MS, TARGET_ANALYTICS_MS, TARGET_STATEMENTS, TARGET_BYTES = 15, 40, 8, 100_000
FLOORS = (FLOOR.name, FLOOR_PAGE.name)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows below a heading, in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def actions(answers: Answers, queries: Mapping[str, Queries]) -> str:
    """Return a row per action: time, time above the floor, statements, bytes; `!` marks missed targets."""
    floors = {name: percentile([answer.seconds for answer in answers[name]], 0.5) for name in FLOORS}
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
        f"rival, {rival.MEASURED}, ms",
    ]
    return table(head, [_row(name, answers, queries.get(name), floors) for name in _in_order(answers)])


def _in_order(answers: Answers) -> list[str]:
    return [*FLOORS, *(name for name in answers if name not in FLOORS)]


def _row(name: str, answers: Answers, queries: Queries | None, floors: Mapping[str, float]) -> list[object]:
    seconds = [answer.seconds for answer in answers[name]]
    p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
    sent, longest = (
        max(answer.sent for answer in answers[name]),
        max(answer.largest for answer in answers[name]),
    )
    number = len(queries.statements) if queries else 0
    return [
        name,
        f"{p50 * 1000:.1f}",
        f"{p95 * 1000:.1f}",
        _above(p50, floors[FLOOR.name], name),
        _above(p50, floors[FLOOR_PAGE.name if name.partition(" ")[0] == "open" else FLOOR.name], name),
        _marked(str(number), number > TARGET_STATEMENTS),
        queries.sent if queries else 0,
        f"{sent:,}",
        _marked(f"{longest:,}", longest > TARGET_BYTES),
        rival.faster(rival.ACTIONS_MS.get(name), p50 * 1000),
    ]


def _above(p50: float, floor: float, name: str) -> str:
    above = (p50 - floor) * 1000
    return _marked(f"{above:.1f}", above > (TARGET_ANALYTICS_MS if "analytics" in name else TARGET_MS))


def _marked(figure: str, missed: bool) -> str:
    return f"{figure} !" if missed else figure


def scans(queries: Mapping[str, Queries]) -> str:
    """Return which actions scan a large table sequentially."""
    lines = [
        f"- {name}: {', '.join(sorted(query.scans))} !" for name, query in queries.items() if query.scans
    ]
    return "\n".join(lines) or "No plan scans a large table sequentially."


def badge(queries: Mapping[str, Queries], name: str) -> str:
    """Return the queries of the badge update, an event that no action waits for."""
    return f"{name[0].upper()}{name[1:]}: {len(queries[name].statements)} statements, {queries[name].sent} sent to PostgreSQL."


def waits(waits_by_name: Mapping[str, Sequence[float]], floors: Mapping[str, str]) -> str:
    """Return a row per wait in a browser, with its time above its floor."""
    rows = []
    for name, seconds in waits_by_name.items():
        p50, p95 = percentile(seconds, 0.5), percentile(seconds, 0.95)
        above = f"{(p50 - percentile(waits_by_name[floors[name]], 0.5)) * 1000:.0f}" if name in floors else ""
        beside = rival.faster(rival.WAITS_MS.get(name), p50 * 1000)
        rows.append((name, f"{p50 * 1000:.0f}", f"{p95 * 1000:.0f}", above, beside))
    return table(["wait", "p50 ms", "p95 ms", "above its floor ms", f"rival, {rival.MEASURED}, ms"], rows)


def throughput(results: Iterable[Throughput], number: int) -> str:
    """Return a row per action of many concurrent tabs."""
    rows = [
        (
            result.name,
            f"{result.per_second:.0f}",
            f"{result.p50 * 1000:.0f}",
            f"{result.p95 * 1000:.0f}",
            rival.more(rival.PER_SECOND.get(result.name.partition(",")[0]), result.per_second),
        )
        for result in results
    ]
    head = [f"{number} tabs at once", "per second", "p50 ms", "p95 ms"]
    return table([*head, f"rival, {rival.MEASURED}, 50 clients"], rows)


def idle(of_users: Idle, of_one_user: Idle) -> str:
    """Return the costs of idle tabs, of different users and of one user."""
    figures: dict[str, Callable[[Idle], str]] = {
        "memory of the web process, kB per tab": lambda idle: f"{idle.kilobytes_each:.0f}",
        "processor, % of a core": lambda idle: f"{idle.processor_percent:.1f}",
        "processor before any tab was open, % of a core": lambda idle: (
            f"{idle.processor_percent_without:.1f}"
        ),
        "messages per second to all tabs": lambda idle: f"{idle.frames_a_second:.1f}",
        "Redis commands per second": lambda idle: f"{idle.commands_a_second:.1f}",
        "subscriptions to the live channel": lambda idle: str(idle.subscriptions),
        "lists that show the changed application": lambda idle: str(idle.lists),
        "ms until a list shows the change, p50": lambda idle: f"{idle.shown_p50 * 1000:.0f}",
        "ms until the last list shows the change": lambda idle: f"{idle.shown_last * 1000:.0f}",
    }
    rows = [(name, figure(of_users), figure(of_one_user)) for name, figure in figures.items()]
    return table([f"{of_one_user.tabs} idle tabs", "of different users", "of one user"], rows)


def memory(samples: Iterable[Sample]) -> str:
    """Return a row per sample of the web process's memory."""
    rows = [(f"{sample.minutes:.0f}", str(sample.loads), f"{sample.megabytes:.0f}") for sample in samples]
    return table(["minutes", "pages loaded", "memory of the web process (PSS), MiB"], rows)


def sizes(kinds: Iterable[FileSizes]) -> str:
    """Return a row per kind of file that a cold list page fetches."""
    rows = [(f.kind, f.files, f"{f.plain:,}", f"{f.gzip:,}", f"{f.brotli:,}") for f in kinds]
    return table(["cold list page", "files", "bytes", "gzip", "brotli"], rows)
