"""Update the lock files. They name no registry, so each installer uses its own."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
COMPILE = [
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-strip-extras",
    "--python-version",
    "3.11",
]
SILENT = [
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-build-options",
]


def main() -> None:
    """Write the Python locks from pyproject.toml, then the interface's lock."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    compiled = [*COMPILE, *SILENT, *upgrade, "pyproject.toml", "--output-file"]
    subprocess.run([*compiled, "requirements.lock"], cwd=CHECKOUT, check=True)
    dev = ["requirements-dev.lock", "--extra", "dev", "--constraint", "requirements.lock"]
    subprocess.run([*compiled, *dev], cwd=CHECKOUT, check=True)
    uv = [*COMPILE, *SILENT, "-", "--output-file", "requirements-uv.lock"]
    subprocess.run(uv, cwd=CHECKOUT, check=True, input=f"uv=={metadata.version('uv')}", text=True)
    subprocess.run(
        [sys.executable, "-m", "tracker.launch.web_build", "--renew-lock"], cwd=CHECKOUT, check=True
    )
    for lock in [*CHECKOUT.glob("requirements*.lock"), *CHECKOUT.glob("reflex.lock/*")]:
        if "://" in lock.read_text():
            sys.exit(f"{lock.name} contains a URL; lock files must not name a registry.")


if __name__ == "__main__":
    main()
