"""What differs between two texts: paragraphs are aligned first, then words within those that belong together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tracker.shapes.versions import Aligned, Change, Piece

ALIKE = 0.3
"""Share of their words that two paragraphs have in common at least, to stand beside each other."""
AT_ONCE = 900
"""Pairs of paragraphs between two that are the same of which each is tried; where there are more they pair in order."""
PAINS = 200_000
"""Pairs of equal words up to which every word may begin a match; beyond it common words don't, which is rougher."""
ISLAND = 2
"""Words that stay the same between two larger changes and are read as part of them."""
_WORD = re.compile(r"\S+\s*|\s+")

Step = tuple[str, int, int, int, int]
"""As `difflib` has it: a tag, the range in the earlier, the range in the later."""


def differences(earlier: Sequence[str], later: Sequence[str]) -> list[Aligned]:
    """Every paragraph of both, in order: beside the one it became, or alone where there is none like it."""
    found: list[Aligned] = []
    for tag, begin, end, start, stop in _steps(earlier, later):
        if tag == "equal":
            found += [Aligned([Piece(text)], is_same=True) for text in earlier[begin:end]]
        else:
            found += [_row(*pair) for pair in _paired(earlier[begin:end], later[start:stop])]
    return found


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
        gone, come = (Change.KEPT, Change.KEPT) if tag == "equal" else (Change.TAKEN_OUT, Change.PUT_IN)
        out += _pieces("".join(before[begin:end]), gone)
        new += _pieces("".join(after[start:stop]), come)
    is_same = all(piece.change == Change.KEPT for piece in (*out, *new))
    return Aligned(out, [] if is_same else new, is_same)


def _pieces(text: str, change: Change) -> list[Piece]:
    """Words with what became of them, and outside of that mark the space that follows them."""
    words = text if change == Change.KEPT else text.rstrip()
    after = text[len(words) :]
    return [piece for piece in (Piece(words, change), Piece(after)) if piece.text]


def _keys(words: Sequence[str]) -> list[str]:
    """Words as they are compared: by their letters, and whether the line ends after them."""
    return [word.strip() + "\n" * ("\n" in word) for word in words]


def _steps(earlier: Sequence[str], later: Sequence[str]) -> list[Step]:
    """How one sequence becomes the other; the ends that are the same are set apart, which most of a letter is."""
    head = _common(earlier, later)
    tail = _common(earlier[head:][::-1], later[head:][::-1])
    old, new = earlier[head : len(earlier) - tail], later[head : len(later) - tail]
    middle = [
        (tag, begin + head, end + head, start + head, stop + head)
        for tag, begin, end, start, stop in _matched(old, new)
    ]
    first = [("equal", 0, head, 0, head)] if head else []
    last = [("equal", len(earlier) - tail, len(earlier), len(later) - tail, len(later))] if tail else []
    return [*first, *middle, *last]


def _matched(earlier: Sequence[str], later: Sequence[str]) -> list[Step]:
    often = Counter(later)
    pains = sum(often[one] for one in earlier)
    if not earlier or not later or not pains:
        return [("replace", 0, len(earlier), 0, len(later))] if earlier or later else []
    return [*SequenceMatcher(None, earlier, later, autojunk=pains > PAINS).get_opcodes()]


def _common(earlier: Sequence[str], later: Sequence[str]) -> int:
    """How many there are at the beginning that are the same."""
    both = zip(earlier, later, strict=False)
    return next((at for at, (one, other) in enumerate(both) if one != other), min(len(earlier), len(later)))


def _without_islands(steps: Sequence[Step]) -> list[Step]:
    """The steps with a word or two that stay the same amid larger changes taken for part of them: such islands say nothing."""
    joined: list[Step] = []
    for at, (tag, begin, end, start, stop) in enumerate(steps):
        is_island = tag == "equal" and 0 < at < len(steps) - 1 and end - begin <= ISLAND
        is_lost = is_island and min(_size(joined[-1]), _size(steps[at + 1])) > end - begin
        if joined and (is_lost or tag != "equal") and joined[-1][0] != "equal":
            joined[-1] = ("replace", joined[-1][1], end, joined[-1][3], stop)
        else:
            joined.append((tag, begin, end, start, stop))
    return joined


def _size(step: Step) -> int:
    return max(step[2] - step[1], step[4] - step[3])


def _paired(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Paragraphs side by side in the order of both, so that those stand together that have the most words in common."""
    if len(earlier) * len(later) > AT_ONCE:
        for at in range(max(len(earlier), len(later))):
            yield (earlier[at] if at < len(earlier) else None), (later[at] if at < len(later) else None)
        return
    alike = [[_alike(old, new) for new in later] for old in earlier]
    best = _best(alike, len(later))
    one = other = 0
    while one < len(earlier) or other < len(later):
        here = best[one][other]
        if one < len(earlier) and here == best[one + 1][other]:
            yield earlier[one], None
            one += 1
        elif other < len(later) and here == best[one][other + 1]:
            yield None, later[other]
            other += 1
        else:
            yield earlier[one], later[other]
            one, other = one + 1, other + 1


def _best(alike: Sequence[Sequence[float]], wide: int) -> list[list[float]]:
    """From each place on, the most likeness that can still be had; one row and one column more than there are paragraphs."""
    best = [[0.0] * (wide + 2) for _ in range(len(alike) + 2)]
    for one in range(len(alike) - 1, -1, -1):
        for other in range(wide - 1, -1, -1):
            together = alike[one][other] + best[one + 1][other + 1] if alike[one][other] >= ALIKE else 0.0
            best[one][other] = max(best[one + 1][other], best[one][other + 1], together)
    return best


def _alike(earlier: str, later: str) -> float:
    """The share of their words that two paragraphs have in common, however they are ordered."""
    old, new = Counter(earlier.lower().split()), Counter(later.lower().split())
    return 2 * (old & new).total() / max(1, old.total() + new.total())
