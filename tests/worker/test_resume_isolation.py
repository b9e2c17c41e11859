"""Isolation of the process that reads resumes: no network, no files, no way to either."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from tests.support.resume_files import docx, pdf
from tests.support.resumes import EVERY
from tracker.services.isolated_process import PROTECTIONS
from tracker.services.resume import reader_process
from tracker.services.resume.parse import parse_resume
from tracker.settings import CHECKOUT

BROKEN_INTO = """
import json, os, socket
from pathlib import Path
from tracker.services.resume import parse, reader_process
from tracker.services.isolated_process import Unreadable

def attempt(step):
    try:
        step()
        return "done"
    except OSError as error:
        return type(error).__name__

def parse_resume(content):
    port, path = json.loads(content)
    raise Unreadable(json.dumps({
        "connect": attempt(lambda: socket.create_connection(("127.0.0.1", port), 5)),
        "read": attempt(lambda: Path(path).read_text()),
        "list": attempt(lambda: os.listdir(str(Path(path).parent))),
        "write": attempt(lambda: Path("/tmp/left").touch()),
        "process": attempt(lambda: os.fork() or os._exit(0)),
        "root": attempt(lambda: os.setuid(0)) if os.getuid() else "is root",
    }))

parse.parse_resume = parse_resume
reader_process._main()
"""
RESTRICTED = """
import ctypes, os, sys
from pathlib import Path
from tracker.services import isolation
from tracker.services.resume import reader_process
from tracker.services.resume.file_text import preload

preload()
if os.getuid() == 0:
    os.setgroups([]); os.setresgid(1234, 1234, 1234); os.setresuid(1234, 1234, 1234)
    isolation._call("prctl", isolation.SET_DUMPABLE, 1, 0, 0, 0)
user = os.getuid()
isolation._call("unshare", isolation.NEW_USERS)
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
Path("/proc/sys/user/max_user_namespaces").write_text("0")
reader_process._main()
"""
"""A system that allows no user namespaces."""


HANGS = """
import os, signal
from tracker.services.resume import parse, reader_process

def parse_resume(content):
    os.write(2, f"{os.getpid()}\\n".encode())
    signal.pause()

parse.parse_resume = parse_resume
reader_process._main()
"""
STARTS = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], input=b'x')"


@pytest.fixture
def namespaces() -> None:
    """Skip the test if the system allows no namespaces, checked with another program."""
    allowed = subprocess.run(["unshare", "-Urnm", "true"], capture_output=True, check=False)
    if allowed.returncode:
        pytest.skip(f"this system allows no namespaces: {allowed.stderr.decode()}")


def answer(script: str, content: bytes, *options: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script, *options],
        input=content,
        capture_output=True,
        cwd=CHECKOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_reader_process_reaches_no_socket_or_file_and_starts_no_process(
    namespaces: None, tmp_path: Path
) -> None:
    (tmp_path / "private").write_text("mine")
    (tmp_path / "private").chmod(0o666)
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = json.dumps([server.getsockname()[1], str(tmp_path / "private")])
        results = json.loads(answer(BROKEN_INTO, probe.encode())["problem"])
    assert results.pop("connect") == "OSError"
    assert {results.pop("read"), results.pop("list")} == {"FileNotFoundError"}
    assert results.pop("write") in ("FileNotFoundError", "OSError")
    assert results.pop("process") == "BlockingIOError"
    assert results == {"root": "PermissionError"}


def test_the_doctor_reports_that_the_reader_is_isolated(namespaces: None) -> None:
    assert reader_process.protections() == "runs without network, files or further rights"


def test_the_reader_process_dies_with_its_parent() -> None:
    command = [sys.executable, "-c", STARTS, HANGS]
    with subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as parent:
        assert parent.stderr
        reader = int(parent.stderr.readline())
        parent.kill()
        try:
            parent.communicate(timeout=20)  # until the reader has let go of its end
        except subprocess.TimeoutExpired:
            os.kill(reader, signal.SIGKILL)
            raise


def without_styles() -> bytes:
    """Return a Word file without styles of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as original, zipfile.ZipFile(buffer, "w") as copy:
        for name in original.namelist():
            content = original.read(name)
            if name == "word/_rels/document.xml.rels":
                content = b"".join(
                    part + b">" for part in content.split(b">")[:-1] if b"styles.xml" not in part
                )
            if name != "word/styles.xml":
                copy.writestr(name, content)
    return buffer.getvalue()


def encrypted_with_nothing() -> bytes:
    """Return a PDF that may be opened without a password but not changed."""
    writer, buffer = PdfWriter(PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(buffer)
    return buffer.getvalue()


FILES = {
    "pdf": pdf,
    "encrypted pdf": encrypted_with_nothing,
    "word": docx,
    "word without styles": without_styles,
    "json": lambda: json.dumps({"work": [{"name": "Kestrel", "position": "Lead"}]}).encode(),
    "text": EVERY["plain"].encode,
    "old text": lambda: EVERY["french"].replace("’", "'").encode("cp1252"),
    "wide text": lambda: EVERY["french"].encode("utf-16"),
}


@pytest.mark.parametrize("kind", FILES)
def test_an_isolated_reader_returns_the_same_as_a_direct_one(kind: str) -> None:
    content = FILES[kind]()
    assert reader_process.read_isolated(content) == parse_resume(content)


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_a_resume_is_read_without_isolation_and_the_doctor_reports_it(
    namespaces: None,
) -> None:
    content = FILES["pdf"]()
    assert answer(RESTRICTED, content)["resume"] == parse_resume(content).as_plain()
    protections = answer(RESTRICTED, b"", PROTECTIONS)["protections"]
    assert protections.startswith(
        "runs without further rights; this system doesn't let it be cut off from network and files (namespaces: "
    )


def test_the_isolation_is_described_in_one_sentence() -> None:
    from tracker.services.isolation import Protections

    assert Protections(network=True, files=False, rights=True, reason="mounts: refused").sentence == (
        "runs without network or further rights; this system doesn't let it be cut off from files (mounts: refused)"
    )
    assert Protections(reason="darwin has no namespaces").sentence == (
        "runs in a process of its own; this system doesn't let it be cut off from network, files and further rights "
        "(darwin has no namespaces)"
    )
