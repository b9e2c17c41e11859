"""From a bare Python to a finished .venv: what every command in bin/ does first. Standard library only."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
OLDEST = (3, 11)
CANDIDATES = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def become(command, lock):
    """Makes .venv fit `lock`, then turns this process into `command` of it; never returns."""
    _insist_on_python()
    with (CHECKOUT / "pyproject.toml").open() as door:
        _take_turns(door)
        try:
            if not _fits(lock):
                _install(lock, door)
        except KeyboardInterrupt:
            _give_up("\nStopped; the next run starts the install afresh.")
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    environment.pop("PYTHONHOME", None)
    program = str(VENV / "bin" / command[0])
    arguments = [str(CHECKOUT / word) if word.startswith("bin/") else word for word in command]
    sys.stdout.flush()
    os.execve(program, arguments, environment)  # noqa: S606


def explain(what, takes_more=False):
    """Says what a command does and ends, when that is asked, or when it was given words that it doesn't take."""
    given = sys.argv[1:]
    if {"-h", "--help"} & set(given):
        print(what)
        sys.exit(0)
    if given and not takes_more:
        sys.exit(f"bin/{Path(sys.argv[0]).name} takes no options, and was given {' '.join(given)}. {what}")


def _insist_on_python():
    """Goes on in a newer Python of this machine when this one is too old for Pursuit."""
    if sys.version_info >= OLDEST:
        return
    for name in CANDIDATES:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])  # noqa: S606
    _give_up(
        f"Pursuit needs Python 3.11 or newer; this is {sys.version.split()[0]} and no newer one is on PATH."
    )


def _take_turns(door):
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("Waiting for another start that is installing ...")
        fcntl.flock(door, fcntl.LOCK_EX)


def _stamp(lock):
    digest = hashlib.sha256((CHECKOUT / lock).read_bytes()).hexdigest()
    return {"lock": lock, "sha256": digest, "checkout": str(CHECKOUT)}


def _fits(lock):
    """Whether .venv was finished from `lock` or, since it holds all of it, from the contributor's lock."""
    wanted = [_stamp(name) for name in LOCKS[LOCKS.index(lock) :]]
    return _finished() in wanted and _works()


def _finished():
    """What the last complete install was made from; empty when there is none."""
    try:
        return json.loads((VENV / "finished.json").read_text())
    except (OSError, ValueError):
        return {}


def _install(lock, door):
    """Installs `lock` and this checkout; the stamp comes last: half an install never counts."""
    if _finished().get("checkout") == str(CHECKOUT) and _works():
        (VENV / "finished.json").unlink()
    else:
        _make_venv()
    _pip(["--require-hashes", "-r", str(CHECKOUT / lock)], door, total=_count(lock))
    _pip(["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(CHECKOUT)], door)
    unfinished = VENV / "finished.new"
    unfinished.write_text(json.dumps(_stamp(lock)))
    unfinished.rename(VENV / "finished.json")
    _say("Installed.")


def _works():
    """Whether the environment's Python still starts, which an upgrade of the system's may have ended."""
    return subprocess.call([str(VENV / "bin" / "python"), "-c", ""], stderr=subprocess.DEVNULL) == 0


def _make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        _give_up("This Python can't make a virtual environment: install python3-venv (Debian, Ubuntu).")
    shutil.rmtree(VENV, ignore_errors=True)
    _say(f"Making .venv with Python {sys.version.split()[0]} ...")
    venv.create(VENV, with_pip=True, symlinks=True)


def _count(lock):
    return len(re.findall(r"^[\w.\[\],-]+==", (CHECKOUT / lock).read_text(), re.MULTILINE))


def _pip(arguments, door, total=0):
    """Runs pip, which shares our turn at the door: a pip that outlives us keeps the next start waiting."""
    command = [
        str(VENV / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
    ]
    log = VENV / "install.log"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH", "PIP_USER")
    }
    with log.open("w") as kept:
        pip = subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=CHECKOUT,
            pass_fds=(door.fileno(),),
        )
        _follow(pip.stdout, kept, total)
    if pip.wait():
        sys.stderr.write("".join(log.read_text().splitlines(keepends=True)[-12:]))
        _give_up(f"The install failed; all of it is in {log}, and the next run starts it afresh.")


def _follow(lines, kept, total):
    seen, shown = 0, -1
    for line in lines:
        kept.write(line)
        if not total:
            continue
        seen += line.startswith("Collecting ")
        part = min(99, 90 * seen // total)
        if line.startswith("Installing collected"):
            part = 90
        if part > shown and (sys.stdout.isatty() or part >= shown + 20 or part == 90):
            shown = part
            _progress(
                f"Installing {total} packages: {part} %" if part < 90 else f"Unpacking {total} packages ..."
            )
    if shown >= 0 and sys.stdout.isatty():
        print()


def _progress(text):
    print(
        f"\r{text:<50}" if sys.stdout.isatty() else text, end="" if sys.stdout.isatty() else "\n", flush=True
    )


def _say(text):
    print(text, flush=True)


def _give_up(text):
    sys.stderr.write(text + "\n")
    sys.exit(1)
