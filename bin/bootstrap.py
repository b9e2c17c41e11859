"""Install .venv before a command of bin/ runs; uses the standard library only."""

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
"""Settings of pip, with uv's environment variables for them."""


def run_in_venv(command, lock):
    """Install `lock` into .venv if needed, then replace this process with `command` in it."""
    _require_python()
    with (CHECKOUT / "pyproject.toml").open() as lock_file:
        _lock_install(lock_file)
        try:
            if not _is_installed(lock):
                _install(lock, lock_file)
        except (OSError, subprocess.SubprocessError) as error:
            _fail(
                f"Pursuit couldn't be installed in {CHECKOUT} ({_reason(error)}): "
                "make the folder writable for this account, or copy it elsewhere."
            )
        except KeyboardInterrupt:
            _fail("\nStopped; the next run starts the installation again.")
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    environment.pop("PYTHONHOME", None)
    program = str(VENV / "bin" / command[0])
    arguments = [str(CHECKOUT / word) if word.startswith("bin/") else word for word in command]
    sys.stdout.flush()
    os.execve(program, arguments, environment)  # noqa: S606


def check_options(description, takes_arguments=False):
    """Print a command's help for --help; exit with a message for options that it doesn't have."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        print(description)
        sys.exit(0)
    if arguments and not takes_arguments:
        sys.exit(
            f"bin/{Path(sys.argv[0]).name} takes no options, but got {' '.join(arguments)}. {description}"
        )


def _require_python():
    """Restart with a newer Python of this machine when this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in CANDIDATES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, *sys.argv])  # noqa: S606
    _fail(
        f"Pursuit needs Python 3.11 or newer; this is {sys.version.split()[0]} and no newer one is on PATH."
    )


def _lock_install(lock_file):
    try:
        fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("Waiting for another installation to finish ...")
        fcntl.flock(lock_file, fcntl.LOCK_EX)


def _stamp(lock):
    digest = hashlib.sha256((CHECKOUT / lock).read_bytes()).hexdigest()
    return {"lock": lock, "sha256": digest, "checkout": str(CHECKOUT)}


def _is_installed(lock):
    """Return True when .venv was installed from `lock` or the contributor's lock, which contains it."""
    stamps = [_stamp(name) for name in LOCKS[LOCKS.index(lock) :]]
    return _installed_stamp() in stamps and _python_starts()


def _installed_stamp():
    """Return the stamp of the last complete installation; empty without one."""
    try:
        return json.loads((VENV / "finished.json").read_text())
    except (OSError, ValueError):
        return {}


def _install(lock, lock_file):
    """Install `lock` and this checkout; the stamp is written last, so an unfinished install isn't used."""
    if _installed_stamp().get("checkout") == str(CHECKOUT) and _python_starts():
        (VENV / "finished.json").unlink()
    else:
        _make_venv()
    total = _count(lock)
    if not _install_with_uv(lock, lock_file, total):
        _say("uv failed; installing with pip instead, which takes longer ...")
        _make_venv()
        _pip(["--require-hashes", "-r", str(CHECKOUT / lock)], lock_file, total=total)
    _pip(["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(CHECKOUT)], lock_file)
    unfinished = VENV / "finished.new"
    unfinished.write_text(json.dumps(_stamp(lock)))
    unfinished.rename(VENV / "finished.json")
    _say("Installed.")


def _install_with_uv(lock, lock_file, total):
    """Install `lock` with uv, five times as fast as pip; return False if uv isn't available or fails.

    pip installs uv itself, into a folder of its own, so a company's index and certificate apply to it too.
    """
    folder = VENV / "uv"
    uv_lock = ["--require-hashes", "--target", str(folder), "-r", str(CHECKOUT / UV_LOCK)]
    shutil.rmtree(folder, ignore_errors=True)
    try:
        if _run_logged(PIP_INSTALL, uv_lock, "uv-install.log", lock_file):
            return False
        _say(f"Installing {total} packages ...")
        python = str(VENV / "bin" / "python")
        sync = ["--no-cache", "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", python]
        uv = [str(folder / "bin" / "uv")]
        return _run_logged(uv, [*sync, str(CHECKOUT / lock)], "uv.log", lock_file, _uv_environment()) == 0
    except OSError:
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_logged(command, arguments, log, lock_file, environment=None):
    """Run a command with its output in .venv/`log`; return its exit status."""
    command = [str(VENV / "bin" / "python") if word == "python" else word for word in command]
    with (VENV / log).open("w") as output:
        return subprocess.call(
            [*command, *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**_pip_environment(), **(environment or {})},
            cwd=CHECKOUT,
            pass_fds=(lock_file.fileno(),),
        )


def _uv_environment():
    """Return uv's settings from pip's configuration, except for UV_ variables that are already set."""
    settings = {
        "UV_SYSTEM_CERTS": "1",
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # pip's own way with several indexes; files are pinned by hash
        "UV_NO_CONFIG": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_LINK_MODE": "copy",
    }
    command = [str(VENV / "bin" / "python"), "-m", "pip", "config", "list"]
    config_list = subprocess.run(command, capture_output=True, text=True, check=False, env=_pip_environment())
    for name, value in PIP_SETTING.findall(config_list.stdout):
        if name in UV_NAMES:
            settings[UV_NAMES[name]] = " ".join(ast.literal_eval(value).split())
    return {name: value for name, value in settings.items() if name not in os.environ}


def _pip_environment():
    """Return the environment without variables that redirect pip's installs."""
    return {
        key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH", "PIP_USER")
    }


def _python_starts():
    """Return True if .venv's Python starts; a system upgrade may have broken it."""
    return subprocess.call([str(VENV / "bin" / "python"), "-c", ""], stderr=subprocess.DEVNULL) == 0


def _make_venv():
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        _fail("This Python can't create a virtual environment: install python3-venv (Debian, Ubuntu).")
    shutil.rmtree(VENV, ignore_errors=True)
    _say(f"Creating .venv with Python {sys.version.split()[0]} ...")
    venv.create(VENV, with_pip=True, symlinks=True)


def _reason(error):
    """Return an error's message in lower case."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _count(lock):
    return len(re.findall(r"^[\w.\[\],-]+==", (CHECKOUT / lock).read_text(), re.MULTILINE))


def _pip(arguments, lock_file, total=0):
    """Run pip, which inherits the install lock: if it outlives this process, the next start waits for it."""
    command = [str(VENV / "bin" / "python"), *PIP_INSTALL[1:]]
    log = VENV / "install.log"
    with log.open("w") as log_output:
        pip = subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=_pip_environment(),
            cwd=CHECKOUT,
            pass_fds=(lock_file.fileno(),),
        )
        with pip.stdout as lines:
            _show_progress(lines, log_output, total)
    if pip.wait():
        sys.stderr.write("".join(log.read_text().splitlines(keepends=True)[-12:]))
        _fail(f"The installation failed; see {log}. The next run starts it again.")


def _show_progress(lines, log_output, total):
    seen, shown = 0, -1
    for line in lines:
        log_output.write(line)
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


def _fail(text):
    sys.stderr.write(text + "\n")
    sys.exit(1)
