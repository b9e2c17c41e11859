"""Bootstrap module for another environment, and the pins of a lock file."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]


def bootstrap_over(checkout: Path, venv: Path) -> ModuleType:
    """Return the bootstrap module, set to another checkout and environment."""
    spec = importlib.util.spec_from_file_location("bootstrap", CHECKOUT / "bin" / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.CHECKOUT, module.VENV = checkout, venv
    return module


def pins(lock: Path) -> dict[str, tuple[str, set[str]]]:
    """Return the version and the extras of each package of a lock file."""
    entries = re.findall(r"^([\w.-]+)(?:\[(.+)\])?==(\S+)", lock.read_text(), re.MULTILINE)
    return {
        canonicalize_name(name): (version, {canonicalize_name(extra) for extra in extras.split(",") if extra})
        for name, extras, version in entries
    }
