"""Where the web interface is built: in the checkout, or in the data folder where the checkout isn't ours to write."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tracker.launch import CannotStart

MISREAD = "#?"
"""Characters that the build takes for the end of a path."""
FOLDERS = ("tracker", "assets", "reflex.lock")


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

    def copy(self, checkout: Path) -> None:
        """Bring in what a build needs of a checkout, in place of what was here of it."""
        if self.root == checkout:
            return
        for name in FOLDERS:
            shutil.rmtree(self.root / name, ignore_errors=True)
            shutil.copytree(checkout / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
            for kept in (self.root / name, *(self.root / name).rglob("*")):
                kept.chmod(kept.stat().st_mode | 0o600)
        shutil.copyfile(checkout / "rxconfig.py", self.root / "rxconfig.py")


def workplaces(checkout: Path, folder: Path) -> list[Workplace]:
    """Return where builds may lie: in the checkout, and in the data folder `folder`."""
    return [Workplace(checkout), Workplace(folder / "interface")]


def workplace(checkout: Path, folder: Path) -> Workplace:
    """Return where this account builds, made if need be."""
    place = choose(checkout, folder)
    if place.root != checkout:
        place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def choose(checkout: Path, folder: Path) -> Workplace:
    """Return where to build: in the checkout when all that a build writes there may be written, else in `folder`."""
    own, other = workplaces(checkout, folder)
    if not _is_misread(checkout) and _is_writable(own, checkout):
        return own
    if _is_misread(other.root):
        raise CannotStart(
            f"The web interface can't be built in {other.root}, since '#' or '?' stands in that path: "
            "move Pursuit, or choose another data folder with --data-dir."
        )
    return other


def _is_writable(own: Workplace, checkout: Path) -> bool:
    written = (checkout, own.builds, own.builds / "turn", own.workshop, checkout / "reflex.lock")
    inside = (path for place in written[3:] if place.is_dir() for path in _entries(place))
    return all(os.access(path, os.W_OK) for path in (*written, *inside) if path.exists())


def _is_misread(path: Path) -> bool:
    return any(character in str(path) for character in MISREAD)


def _entries(place: Path) -> list[Path]:
    try:
        return list(place.iterdir())
    except OSError:
        return [place]
