"""From a bare Python to a finished .venv: what every command in bin/ does first. Standard library only."""

import ast
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
UV_LOCK = "requirements-uv.lock"
PIP_INSTALL = ["python", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
PIP_SETTING = re.compile(r"^(?:global|install|:env:)\.([\w-]+)=('.*'|\".*\")$", re.MULTILINE)
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "HTTPS_PROXY",
}
"""What uv calls pip's settings."""


def become(command, lock):
    """Makes .venv fit `lock`, then turns this process into `command` of it; never returns."""
    _insist_on_python()
    with (CHECKOUT / "pyproject.toml").open() as door:
        _take_turns(door)
        try:
            if not _fits(lock):
                _install(lock, door)
        except (OSError, subprocess.SubprocessError) as error:
            _give_up(
                f"Pursuit couldn't be installed in {CHECKOUT} ({_reason(error)}): "
                "let this account write there, or copy the folder to where it may."
            )
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
    total = _count(lock)
    if not _install_with_uv(lock, door, total):
        _say("uv didn't install them; using pip instead, which takes a little longer ...")
        _make_venv()
        _pip(["--require-hashes", "-r", str(CHECKOUT / lock)], door, total=total)
    _pip(["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(CHECKOUT)], door)
    unfinished = VENV / "finished.new"
    unfinished.write_text(json.dumps(_stamp(lock)))
    unfinished.rename(VENV / "finished.json")
    _say("Installed.")


def _install_with_uv(lock, door, total):
    """Installs `lock` by uv, in a fifth of pip's time; returns False where uv can't be had or fails.

    pip installs uv itself, into a folder of its own, so that a company's index and certificate apply to it too.
    """
    folder = VENV / "uv"
    uv_lock = ["--require-hashes", "--target", str(folder), "-r", str(CHECKOUT / UV_LOCK)]
    shutil.rmtree(folder, ignore_errors=True)
    try:
        if _run_logged(PIP_INSTALL, uv_lock, "uv-install.log", door):
            return False
        _say(f"Installing {total} packages ...")
        python = str(VENV / "bin" / "python")
        sync = ["--no-cache", "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", python]
        uv = [str(folder / "bin" / "uv")]
        return _run_logged(uv, [*sync, str(CHECKOUT / lock)], "uv.log", door, _uv_environment()) == 0
    except OSError:
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_logged(command, arguments, log, door, environment=None):
    """Runs a command with its output in .venv/`log`; returns its exit status."""
    command = [str(VENV / "bin" / "python") if word == "python" else word for word in command]
    with (VENV / log).open("w") as output:
        return subprocess.call(
            [*command, *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**_pip_environment(), **(environment or {})},
            cwd=CHECKOUT,
            pass_fds=(door.fileno(),),
        )


def _uv_environment():
    """uv's settings from pip's, which uv doesn't read; a UV_ variable that is set already wins."""
    settings = {
        "UV_SYSTEM_CERTS": "1",
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip's own way with several indexes; files are pinned by hash
        "UV_NO_CONFIG": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_LINK_MODE": "copy",
    }
    command = [str(VENV / "bin" / "python"), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False, env=_pip_environment())
    for name, value in PIP_SETTING.findall(listed.stdout):
        if name in UV_NAMES:
            settings[UV_NAMES[name]] = " ".join(ast.literal_eval(value).split())
    return {name: value for name, value in settings.items() if name not in os.environ}


def _pip_environment():
    """The environment without what would have pip install elsewhere."""
    return {
        key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH", "PIP_USER")
    }


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


def _reason(error):
    """Why an install failed, in a few words."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _count(lock):
    return len(re.findall(r"^[\w.\[\],-]+==", (CHECKOUT / lock).read_text(), re.MULTILINE))


def _pip(arguments, door, total=0):
    """Runs pip, which shares our turn at the door: a pip that outlives us keeps the next start waiting."""
    command = [str(VENV / "bin" / "python"), *PIP_INSTALL[1:]]
    log = VENV / "install.log"
    with log.open("w") as kept:
        pip = subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_pip_environment(),
            cwd=CHECKOUT,
            pass_fds=(door.fileno(),),
        )
        with pip.stdout as lines:
            _follow(lines, kept, total)
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
