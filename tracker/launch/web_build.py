"""The web build: rebuilt when its sources change, and published atomically."""

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tracker.launch import CannotStart, children, environments
from tracker.launch.build_folder import BuildFolder, build_folder, build_folders
from tracker.logs import escaped
from tracker.settings import CHECKOUT

MAX_OLD_BUILDS = 4
BUILT_PORT = 8000
QUIET = {
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_USE_SYSTEM_BUN": "1",
    "REFLEX_ENV_MODE": "prod",
}
SOURCES = ("tracker/**/*.py", "assets/**/*", "reflex.lock/*", "rxconfig.py", "requirements.lock")


def fingerprint() -> str:
    """Return a hash of the interface's sources."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(CHECKOUT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def ready(port: int, folder: Path) -> Path | None:
    """Return the build of the current sources for browsers that use `port`; None without one."""
    targets = build_folders(CHECKOUT, folder)
    return _ready(f"{fingerprint()}-{port}", *targets)


def ensure(port: int, folder: Path, pause: Callable[[], object] = lambda: None) -> Path:
    """Return the build of the current sources, building it if needed; `pause` is called while waiting."""
    target = build_folder(CHECKOUT, folder)
    with _build_lock(target, pause):
        digest, targets = fingerprint(), {target, *build_folders(CHECKOUT, folder)}
        original = _ready(f"{digest}-{BUILT_PORT}", *targets)
        if not original:
            with _package_json_layout_kept(target):
                _build(target, folder, pause)
            original = _publish(target, digest, BUILT_PORT, target.reflex_folder)
        return _ready(f"{digest}-{port}", *targets) or _publish(target, digest, port, original)


def _ready(name: str, *targets: BuildFolder) -> Path | None:
    builds = (target.builds / name for target in targets)
    return next((build for build in builds if build.exists()), None)


def environment(build: Path) -> dict[str, str]:
    """Return the environment in which the web server serves `build` unchanged."""
    return {
        **QUIET,
        "REFLEX_WEB_WORKDIR": str(build),
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }


def browser_port(origin: str) -> int:
    """Return the port at which browsers reach `origin`."""
    parts = urlsplit(origin)
    return parts.port or (443 if parts.scheme == "https" else 80)


def tools(folder: Path) -> dict[str, str]:
    """Return the environment of a build: the packaged Bun first on PATH, and no writes to a home folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**environments.of_build(), **QUIET, "PATH": path, "REFLEX_DIR": str(folder / "reflex")}


@contextmanager
def _build_lock(target: BuildFolder, pause: Callable[[], object]) -> Iterator[None]:
    """Allow one build at a time in a folder."""
    target.builds.mkdir(exist_ok=True)
    with (target.builds / "turn").open("w") as turn:
        while True:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                pause()
                time.sleep(0.2)
        yield


@contextmanager
def _package_json_layout_kept(target: BuildFolder) -> Iterator[None]:
    """Restore the committed package.json when Reflex only changed its layout."""
    path = target.root / "reflex.lock" / "package.json"
    before = path.read_bytes() if path.exists() else b""
    try:
        yield
    finally:
        if before and path.exists() and json.loads(before) == json.loads(path.read_bytes()):
            path.write_bytes(before)


def _build(target: BuildFolder, folder: Path, pause: Callable[[], object]) -> None:
    target.copy(CHECKOUT)
    shutil.rmtree(target.reflex_folder / "build", ignore_errors=True)
    child = children.start(
        "build",
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        folder=folder,
        environment={**tools(folder), "REFLEX_API_URL": f"http://localhost:{BUILT_PORT}"},
        cwd=target.root,
        stop_signal=signal.SIGTERM,
    )
    try:
        while child.alive:
            pause()
            try:
                child.process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    finally:
        child.stop()
    if child.process.returncode or not (target.reflex_folder / "build" / "client" / "index.html").exists():
        tail, problem = "\n".join(map(escaped, child.output.splitlines()[-25:])), child.failure_reason
        raise CannotStart(f"{tail}\nThe web interface couldn't be built ({problem}); see {child.log}.")


def _publish(folder: BuildFolder, digest: str, port: int, source: Path) -> Path:
    """Copy a finished build to its own folder, atomically."""
    target = folder.builds / f"{digest}-{port}"
    unfinished = folder.builds / f"unfinished-{os.getpid()}"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(source / "build" / "client", unfinished / "build" / "client")
    shutil.copytree(source / "backend", unfinished / "backend")
    shutil.copy(source / "reflex.json", unfinished / "reflex.json")
    if port != BUILT_PORT:
        _move_to_port(unfinished / "build" / "client", port)
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
    _delete_old_builds(keep=target)
    return target


def _move_to_port(client: Path, port: int) -> None:
    """Replace the port in a build's code, which Reflex fixes at build time."""
    built, wanted = f"localhost:{BUILT_PORT}/".encode(), f"localhost:{port}/".encode()
    for path in client.rglob("*"):
        if path.suffix not in (".js", ".html", ".json") or built not in path.read_bytes():
            continue
        path.write_bytes(path.read_bytes().replace(built, wanted))
        for suffix in (".br", ".zst"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def _delete_old_builds(keep: Path) -> None:
    """Delete old builds, except `keep`, the one it was copied from, and those being served."""
    original = keep.parent / f"{keep.name.rpartition('-')[0]}-{BUILT_PORT}"
    others = [path for path in keep.parent.iterdir() if path.is_dir() and path not in (keep, original)]
    builds = sorted(others, key=lambda path: -path.stat().st_mtime)
    for path in builds[MAX_OLD_BUILDS:]:
        if not _is_served(path):
            shutil.rmtree(path, ignore_errors=True)


@asynccontextmanager
async def lock_served_build() -> AsyncIterator[None]:
    """Lock the build that this process serves, so that it isn't deleted."""
    mark = Path(os.environ.get("REFLEX_WEB_WORKDIR", "")) / "reflex.json"
    if mark.parent.parent.name != ".builds" or not mark.exists():
        yield
        return
    with mark.open() as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_SH)
        yield


def _is_served(build: Path) -> bool:
    try:
        with (build / "reflex.json").open() as lock_file:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(path for path in CHECKOUT.glob(pattern) if path.is_file())


def main(arguments: list[str]) -> None:
    """Build the interface; with --renew-lock, resolve its packages again and update reflex.lock/."""
    if "--renew-lock" in arguments:
        shutil.rmtree(CHECKOUT / "reflex.lock", ignore_errors=True)
        shutil.rmtree(CHECKOUT / ".web", ignore_errors=True)
    ensure(BUILT_PORT, CHECKOUT / "data")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as error:
        sys.exit(error.message)
