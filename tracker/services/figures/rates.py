"""A share of applications with its confidence interval."""

from math import sqrt

from tracker.shapes.dashboard import Rate

ENOUGH = 5
"""Fewest applications of which a rate is shown."""
Z = 1.959963984540054
"""Standard errors to either side of a 95 % interval."""


def rate(part: int, whole: int) -> Rate:
    """Return a share with Wilson's 95 % interval, or `not enough yet` below five applications."""
    of = f"{part} of {whole}"
    if whole < ENOUGH:
        return Rate("not enough yet", whole, of, "", has_enough=False)
    low, high = interval(part, whole)
    percent = round(100 * part / whole)
    span = f"{round(100 * low)}–{round(100 * high)} %"
    return Rate(f"{percent} %", whole, of, span, has_enough=True)


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of at least one."""
    share = part / whole
    middle = share + Z * Z / (2 * whole)
    reach = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    low, high = ((middle + side * reach) / (1 + Z * Z / whole) for side in (-1, 1))
    return max(0.0, low), min(1.0, high)
