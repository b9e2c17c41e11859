"""The differences between two texts: paragraphs are aligned first, then words within aligned ones."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tracker.shapes.letter_versions import Aligned, Change, Piece

MIN_SIMILARITY = 0.3
"""Minimum share of common words at which two paragraphs are aligned."""
MAX_ALIGNED_PAIRS = 900
"""Candidate pairs up to which the best alignment is computed; beyond it, paragraphs are paired in order."""
MAX_EQUAL_PAIRS = 200_000
"""Pairs of equal words up to which every word may start a match; beyond it common words don't, which is rougher."""
MAX_ISLAND = 2
"""Longest run of unchanged words between two larger changes that is shown as part of them."""
_WORD = re.compile(r"\S+\s*|\s+")

Step = tuple[str, int, int, int, int]
"""An opcode of `difflib`: a tag, the range in the earlier, the range in the later."""


def differences(earlier: Sequence[str], later: Sequence[str]) -> list[Aligned]:
    """Return every paragraph of both in order: aligned with its counterpart, or alone without one."""
    rows: list[Aligned] = []
    for tag, begin, end, start, stop in _steps(earlier, later):
        if tag == "equal":
            rows += [Aligned([Piece(text)], is_same=True) for text in earlier[begin:end]]
        else:
            rows += [_row(*pair) for pair in _paired(earlier[begin:end], later[start:stop])]
    return rows


def _row(earlier: str | None, later: str | None) -> Aligned:
    if earlier is None or later is None:
        return Aligned(
            [Piece(earlier, Change.TAKEN_OUT)] if earlier else [],
            [Piece(later, Change.PUT_IN)] if later else [],
        )
    before, after = _WORD.findall(earlier), _WORD.findall(later)
    out: list[Piece] = []
    new: list[Piece] = []
    for tag, begin, end, start, stop in _without_islands(_steps(_keys(before), _keys(after))):
        removed, added = (Change.KEPT, Change.KEPT) if tag == "equal" else (Change.TAKEN_OUT, Change.PUT_IN)
        out += _pieces("".join(before[begin:end]), removed)
        new += _pieces("".join(after[start:stop]), added)
    is_same = all(piece.change == Change.KEPT for piece in (*out, *new))
    return Aligned(out, [] if is_same else new, is_same)


def _pieces(text: str, change: Change) -> list[Piece]:
    """Return words with their change, and the trailing space outside of it."""
    words = text if change == Change.KEPT else text.rstrip()
    after = text[len(words) :]
    return [piece for piece in (Piece(words, change), Piece(after)) if piece.text]


def _keys(words: Sequence[str]) -> list[str]:
    """Return words as they are compared: without spaces, and with a line end after them."""
    return [word.strip() + "\n" * ("\n" in word) for word in words]


def _steps(earlier: Sequence[str], later: Sequence[str]) -> list[Step]:
    """Return the opcodes; common ends, most of a letter, are split off first."""
    head = _common(earlier, later)
    tail = _common(earlier[head:][::-1], later[head:][::-1])
    before, after = earlier[head : len(earlier) - tail], later[head : len(later) - tail]
    middle = [
        (tag, begin + head, end + head, start + head, stop + head)
        for tag, begin, end, start, stop in _matched(before, after)
    ]
    first = [("equal", 0, head, 0, head)] if head else []
    last = [("equal", len(earlier) - tail, len(earlier), len(later) - tail, len(later))] if tail else []
    return [*first, *middle, *last]


def _matched(earlier: Sequence[str], later: Sequence[str]) -> list[Step]:
    counts = Counter(later)
    equal_pairs = sum(counts[text] for text in earlier)
    if not earlier or not later or not equal_pairs:
        return [("replace", 0, len(earlier), 0, len(later))] if earlier or later else []
    return [*SequenceMatcher(None, earlier, later, autojunk=equal_pairs > MAX_EQUAL_PAIRS).get_opcodes()]


def _common(earlier: Sequence[str], later: Sequence[str]) -> int:
    """Return how many leading items are equal."""
    both = zip(earlier, later, strict=False)
    return next(
        (at for at, (first, second) in enumerate(both) if first != second), min(len(earlier), len(later))
    )


def _without_islands(steps: Sequence[Step]) -> list[Step]:
    """Merge steps across short unchanged runs amid larger changes."""
    joined: list[Step] = []
    for at, (tag, begin, end, start, stop) in enumerate(steps):
        is_island = tag == "equal" and 0 < at < len(steps) - 1 and end - begin <= MAX_ISLAND
        is_lost = is_island and min(_size(joined[-1]), _size(steps[at + 1])) > end - begin
        if joined and (is_lost or tag != "equal") and joined[-1][0] != "equal":
            joined[-1] = ("replace", joined[-1][1], end, joined[-1][3], stop)
        else:
            joined.append((tag, begin, end, start, stop))
    return joined


def _size(step: Step) -> int:
    return max(step[2] - step[1], step[4] - step[3])


def _paired(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pair paragraphs in the order of both, so that those with the most common words are aligned."""
    if len(earlier) * len(later) > MAX_ALIGNED_PAIRS:
        for at in range(max(len(earlier), len(later))):
            yield (earlier[at] if at < len(earlier) else None), (later[at] if at < len(later) else None)
        return
    similarity = [[_similarity(before, after) for after in later] for before in earlier]
    best = _best(similarity, len(later))
    row = column = 0
    while row < len(earlier) or column < len(later):
        best_here = best[row][column]
        if row < len(earlier) and best_here == best[row + 1][column]:
            yield earlier[row], None
            row += 1
        elif column < len(later) and best_here == best[row][column + 1]:
            yield None, later[column]
            column += 1
        else:
            yield earlier[row], later[column]
            row, column = row + 1, column + 1


def _best(similarity: Sequence[Sequence[float]], wide: int) -> list[list[float]]:
    """Return for each pair of positions the greatest total similarity from there on.

    The table has one row and one column more than there are paragraphs.
    """
    best = [[0.0] * (wide + 2) for _ in range(len(similarity) + 2)]
    for row in range(len(similarity) - 1, -1, -1):
        for column in range(wide - 1, -1, -1):
            together = (
                similarity[row][column] + best[row + 1][column + 1]
                if similarity[row][column] >= MIN_SIMILARITY
                else 0.0
            )
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    return best


def _similarity(earlier: str, later: str) -> float:
    """Return the share of common words of two paragraphs, in any order."""
    before, after = Counter(earlier.lower().split()), Counter(later.lower().split())
    return 2 * (before & after).total() / max(1, before.total() + after.total())
