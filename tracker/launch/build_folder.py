"""Folder of the web build: the checkout, or the data folder if the checkout isn't writable."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tracker.launch import CannotStart

UNSAFE_CHARACTERS = "#?"
"""Characters that end a path for the build tools."""
FOLDERS = ("tracker", "assets", "reflex.lock")


@dataclass(frozen=True)
class BuildFolder:
    """Folder in which Reflex builds, with the finished builds."""

    root: Path

    @property
    def builds(self) -> Path:
        """Return the folder of finished builds."""
        return self.root / ".builds"

    @property
    def reflex_folder(self) -> Path:
        """Return Reflex's working folder."""
        return self.root / ".web"

    def copy(self, checkout: Path) -> None:
        """Copy the sources that a build needs from a checkout, replacing earlier ones."""
        if self.root == checkout:
            return
        for name in FOLDERS:
            shutil.rmtree(self.root / name, ignore_errors=True)
            shutil.copytree(checkout / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
            for path in (self.root / name, *(self.root / name).rglob("*")):
                path.chmod(path.stat().st_mode | 0o600)
        shutil.copyfile(checkout / "rxconfig.py", self.root / "rxconfig.py")


def build_folders(checkout: Path, folder: Path) -> list[BuildFolder]:
    """Return the folders that may hold builds: the checkout, and one in the data folder."""
    return [BuildFolder(checkout), BuildFolder(folder / "interface")]


def build_folder(checkout: Path, folder: Path) -> BuildFolder:
    """Return the folder in which this account builds, created if missing."""
    target = choose_build_folder(checkout, folder)
    if target.root != checkout:
        target.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return target


def choose_build_folder(checkout: Path, folder: Path) -> BuildFolder:
    """Return the checkout if a build can write to it, else a folder in the data folder."""
    own, other = build_folders(checkout, folder)
    if not _has_unsafe_characters(checkout) and _is_writable(own, checkout):
        return own
    if _has_unsafe_characters(other.root):
        raise CannotStart(
            f"The web interface can't be built in {other.root}, because its path contains '#' or '?': "
            "move Pursuit, or choose another data folder with --data-dir."
        )
    return other


def _is_writable(own: BuildFolder, checkout: Path) -> bool:
    written = (checkout, own.builds, own.builds / "turn", own.reflex_folder, checkout / "reflex.lock")
    inside = (path for target in written[3:] if target.is_dir() for path in _entries(target))
    return all(os.access(path, os.W_OK) for path in (*written, *inside) if path.exists())


def _has_unsafe_characters(path: Path) -> bool:
    return any(character in str(path) for character in UNSAFE_CHARACTERS)


def _entries(target: Path) -> list[Path]:
    try:
        return list(target.iterdir())
    except OSError:
        return [target]
