"""The built web interface: made again when what it is made of changed, and used only when it is whole."""

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
from tracker.launch.workplace import Workplace, workplace, workplaces
from tracker.logs import escaped
from tracker.settings import CHECKOUT

KEPT_BUILDS = 4
BUILT_PORT = 8000
QUIET = {
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
    "REFLEX_USE_SYSTEM_BUN": "1",
    "REFLEX_ENV_MODE": "prod",
}
SOURCES = ("tracker/**/*.py", "assets/**/*", "reflex.lock/*", "rxconfig.py", "requirements.lock")


def fingerprint() -> str:
    """What the interface is made of, as one short word: any change of a source changes it."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(CHECKOUT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def ready(port: int, folder: Path) -> Path | None:
    """The whole build of the sources as they are now, for browsers that use `port`; None without one."""
    places = workplaces(CHECKOUT, folder)
    return _ready(f"{fingerprint()}-{port}", *places)


def ensure(port: int, folder: Path, pause: Callable[[], object] = lambda: None) -> Path:
    """Such a build, made now if need be with its output in `folder`/log; `pause` is called meanwhile."""
    place = workplace(CHECKOUT, folder)
    with _turn(place, pause):
        word, places = fingerprint(), {place, *workplaces(CHECKOUT, folder)}
        original = _ready(f"{word}-{BUILT_PORT}", *places)
        if not original:
            with _lock_kept(place):
                _make(place, folder, pause)
            original = _publish(place, word, BUILT_PORT, place.workshop)
        return _ready(f"{word}-{port}", *places) or _publish(place, word, port, original)


def _ready(name: str, *places: Workplace) -> Path | None:
    builds = (place.builds / name for place in places)
    return next((build for build in builds if build.exists()), None)


def environment(build: Path) -> dict[str, str]:
    """What the web server needs in its environment to serve `build` as it is."""
    return {
        **QUIET,
        "REFLEX_WEB_WORKDIR": str(build),
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }


def browser_port(origin: str) -> int:
    """The port at which browsers reach `origin`."""
    parts = urlsplit(origin)
    return parts.port or (443 if parts.scheme == "https" else 80)


def tools(folder: Path) -> dict[str, str]:
    """The environment in which Reflex builds: our Bun first on PATH, and nothing written to a home folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**environments.of_build(), **QUIET, "PATH": path, "REFLEX_DIR": str(folder / "reflex")}


@contextmanager
def _turn(place: Workplace, pause: Callable[[], object]) -> Iterator[None]:
    """Lets one build at a time work in a place."""
    place.builds.mkdir(exist_ok=True)
    with (place.builds / "turn").open("w") as turn:
        while True:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                pause()
                time.sleep(0.2)
        yield


@contextmanager
def _lock_kept(place: Workplace) -> Iterator[None]:
    """Undoes Reflex's rewriting of the committed package.json when it only changed its layout."""
    path = place.root / "reflex.lock" / "package.json"
    before = path.read_bytes() if path.exists() else b""
    try:
        yield
    finally:
        if before and path.exists() and json.loads(before) == json.loads(path.read_bytes()):
            path.write_bytes(before)


def _make(place: Workplace, folder: Path, pause: Callable[[], object]) -> None:
    place.copy(CHECKOUT)
    shutil.rmtree(place.workshop / "build", ignore_errors=True)
    child = children.start(
        "build",
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        folder=folder,
        environment={**tools(folder), "REFLEX_API_URL": f"http://localhost:{BUILT_PORT}"},
        cwd=place.root,
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
    if child.process.returncode or not (place.workshop / "build" / "client" / "index.html").exists():
        tail, why = "\n".join(map(escaped, child.said.splitlines()[-25:])), child.last_words
        raise CannotStart(
            f"{tail}\nThe web interface couldn't be built ({why}); all of it is in {child.log}."
        )


def _publish(place: Workplace, word: str, port: int, source: Path) -> Path:
    """Copies a finished build to its own folder, whole or not at all, so that no later build disturbs it."""
    target = place.builds / f"{word}-{port}"
    unfinished = place.builds / f"unfinished-{os.getpid()}"
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
    _forget_old_builds(keep=target)
    return target


def _move_to_port(client: Path, port: int) -> None:
    """Names another port in a build: Reflex writes its own into the code and keeps it in the browser."""
    ours, theirs = f"localhost:{BUILT_PORT}/".encode(), f"localhost:{port}/".encode()
    for path in client.rglob("*"):
        if path.suffix not in (".js", ".html", ".json") or ours not in path.read_bytes():
            continue
        path.write_bytes(path.read_bytes().replace(ours, theirs))
        for suffix in (".br", ".zst"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def _forget_old_builds(keep: Path) -> None:
    """Deletes all but the newest, this one, the original that it and builds for other ports are copied from, and any being served."""
    original = keep.parent / f"{keep.name.rpartition('-')[0]}-{BUILT_PORT}"
    others = [path for path in keep.parent.iterdir() if path.is_dir() and path not in (keep, original)]
    builds = sorted(others, key=lambda path: -path.stat().st_mtime)
    for path in builds[KEPT_BUILDS:]:
        if not _is_served(path):
            shutil.rmtree(path, ignore_errors=True)


@asynccontextmanager
async def held() -> AsyncIterator[None]:
    """Keeps the build that this process serves from being forgotten, for as long as it runs."""
    mark = Path(os.environ.get("REFLEX_WEB_WORKDIR", "")) / "reflex.json"
    if mark.parent.parent.name != ".builds" or not mark.exists():
        yield
        return
    with mark.open() as door:
        fcntl.flock(door, fcntl.LOCK_SH)
        yield


def _is_served(build: Path) -> bool:
    try:
        with (build / "reflex.json").open() as door:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(path for path in CHECKOUT.glob(pattern) if path.is_file())


def main(arguments: list[str]) -> None:
    """Builds the interface; with --renew-lock from packages resolved anew, which reflex.lock/ then keeps."""
    if "--renew-lock" in arguments:
        shutil.rmtree(CHECKOUT / "reflex.lock", ignore_errors=True)
        shutil.rmtree(CHECKOUT / ".web", ignore_errors=True)
    ensure(BUILT_PORT, CHECKOUT / "data")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotStart as error:
        sys.exit(error.message)
