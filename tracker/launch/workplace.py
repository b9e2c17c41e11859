"""Where the web interface is built: in the checkout, or in the data folder where the checkout isn't ours to write."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workplace:
    """A folder in which Reflex builds, and beside it the finished builds."""

    root: Path

    @property
    def builds(self) -> Path:
        """The finished builds, a folder each."""
        return self.root / ".builds"

    @property
    def workshop(self) -> Path:
        """What Reflex works in."""
        return self.root / ".web"

    def copy(self, sources: Iterable[Path], checkout: Path) -> None:
        """Bring in the sources of a checkout, in place of those that were here."""
        if self.root == checkout:
            return
        for kept in self.root.iterdir():
            if kept not in (self.builds, self.workshop) and kept.is_dir():
                shutil.rmtree(kept)
        for source in sources:
            target = self.root / source.relative_to(checkout)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def workplaces(checkout: Path, folder: Path) -> list[Workplace]:
    """Return where builds may lie: in the checkout, and in the data folder `folder`."""
    return [Workplace(checkout), Workplace(folder / "interface")]


def workplace(checkout: Path, folder: Path) -> Workplace:
    """Return where this account builds: in the checkout when it may write all that a build writes there."""
    own, other = workplaces(checkout, folder)
    written = (checkout, own.builds, own.builds / "turn", own.workshop, checkout / "reflex.lock")
    inside = (path for place in written[3:] if place.is_dir() for path in _entries(place))
    if all(os.access(path, os.W_OK) for path in (*written, *inside) if path.exists()):
        return own
    other.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return other


def _entries(place: Path) -> list[Path]:
    try:
        return list(place.iterdir())
    except OSError:
        return [place]
