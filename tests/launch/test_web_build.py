"""A web build is used only if it is complete and matches the sources."""

import gzip
import os
from pathlib import Path

import pytest

from tests.support.coroutines import run
from tracker.commands import up
from tracker.launch import CannotStart, web_build
from tracker.launch.build_folder import BuildFolder, build_folder

SCRIPT = b'const env={EVENT:"ws://localhost:8000/_event"}'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout whose `reflex export` is a stand-in that writes the same files."""
    monkeypatch.setattr(web_build, "CHECKOUT", tmp_path)
    source = tmp_path / "tracker" / "page.py"
    source.parent.mkdir()
    source.write_text("one")
    monkeypatch.setattr(web_build, "_build", lambda place, *_: export(place.reflex_folder))
    return tmp_path


def export(workshop: Path) -> None:
    client = workshop / "build" / "client"
    client.mkdir(parents=True, exist_ok=True)
    (workshop / "backend").mkdir(exist_ok=True)
    (workshop / "reflex.json").write_text("{}")
    (client / "index.html").write_text("<p>hello</p>")
    (client / "env.js").write_bytes(SCRIPT)
    (client / "env.js.gz").write_bytes(gzip.compress(SCRIPT))
    (client / "env.js.br").write_bytes(b"compressed")


def test_a_changed_source_asks_for_a_new_build(checkout: Path) -> None:
    built = web_build.ensure(8000, checkout)
    assert web_build.ready(8000, checkout) == built
    (checkout / "tracker" / "page.py").write_text("two")
    assert web_build.ready(8000, checkout) is None


def test_a_build_that_was_interrupted_is_never_used(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(source: Path, target: Path) -> None:
        target.mkdir(parents=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(web_build.shutil, "copytree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            web_build.ensure(8000, checkout)
    assert web_build.ready(8000, checkout) is None
    assert (web_build.ensure(8000, checkout) / "build" / "client" / "index.html").exists()


def test_a_build_for_another_port_names_that_port_in_every_form(checkout: Path) -> None:
    client = web_build.ensure(9123, checkout) / "build" / "client"
    moved = SCRIPT.replace(b"8000", b"9123")
    assert (client / "env.js").read_bytes() == moved
    assert gzip.decompress((client / "env.js.gz").read_bytes()) == moved
    assert not (client / "env.js.br").exists()


def test_old_builds_are_deleted_except_the_newest(checkout: Path) -> None:
    for number in range(web_build.MAX_OLD_BUILDS + 3):
        (checkout / "tracker" / "page.py").write_text(str(number))
        newest = web_build.ensure(8000, checkout)
    builds = [path for path in (checkout / ".builds").iterdir() if path.is_dir()]
    assert newest in builds
    assert len(builds) == web_build.MAX_OLD_BUILDS + 1


def test_a_build_that_is_served_is_never_forgotten(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = web_build.ensure(8000, checkout)
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(served))

    async def serve_meanwhile() -> None:
        async with web_build.lock_served_build():
            for number in range(web_build.MAX_OLD_BUILDS + 3):
                (checkout / "tracker" / "page.py").write_text(str(number))
                web_build.ensure(8000, checkout)
            assert served.exists()

    run(serve_meanwhile())
    (checkout / "tracker" / "page.py").write_text("after")
    web_build.ensure(8000, checkout)
    assert not served.exists()


def test_the_original_outlives_its_copies_for_many_ports(checkout: Path) -> None:
    original = web_build.ensure(8000, checkout)
    os.utime(original, (0, 0))
    for port in range(9000, 9000 + web_build.MAX_OLD_BUILDS + 3):
        web_build.ensure(port, checkout)
    assert web_build.ready(8000, checkout) == original
    assert len([path for path in original.parent.iterdir() if path.is_dir()]) == web_build.MAX_OLD_BUILDS + 2


def test_the_committed_lock_keeps_its_layout_when_only_that_changed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = checkout / "reflex.lock" / "package.json"
    lock.parent.mkdir()
    lock.write_text('{\n  "name": "reflex"\n}\n')

    def make(place: BuildFolder, *_: object) -> None:
        export(place.reflex_folder)
        lock.write_text('{"name": "reflex"}')

    monkeypatch.setattr(web_build, "_build", make)
    web_build.ensure(8000, checkout)
    assert lock.read_text() == '{\n  "name": "reflex"\n}\n'


def test_a_checkout_of_another_account_is_built_in_the_data_folder(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "data").mkdir()
    refuse_to_write(monkeypatch, checkout)
    built = web_build.ensure(9123, checkout / "data")
    assert built.is_relative_to(checkout / "data" / "interface")
    assert web_build.ready(9123, checkout / "data") == built
    assert not (checkout / ".builds").exists()


def test_a_build_that_another_account_made_is_used_as_it_is(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = web_build.ensure(8000, checkout)
    refuse_to_write(monkeypatch, checkout)
    monkeypatch.setattr(web_build, "_build", lambda *_: pytest.fail("built again"))
    assert web_build.ensure(8000, checkout / "data") == theirs
    assert web_build.ensure(9123, checkout / "data").is_relative_to(checkout / "data" / "interface")


def test_a_build_elsewhere_gets_the_sources_as_they_are_now(checkout: Path) -> None:
    for name in ("assets", "reflex.lock"):
        (checkout / name).mkdir()
    (checkout / "rxconfig.py").touch()
    (checkout / "tracker" / "old.py").touch()
    place = BuildFolder(checkout / "data" / "interface")
    place.reflex_folder.mkdir(parents=True)
    place.copy(checkout)
    (checkout / "tracker" / "old.py").unlink()
    (checkout / "tracker").chmod(0o500)
    place.copy(checkout)
    assert [path.name for path in (place.root / "tracker").iterdir()] == ["page.py"]
    assert (place.root / "tracker").stat().st_mode & 0o200
    assert place.reflex_folder.exists()


def refuse_to_write(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> None:
    """Raise the kernel's error for a checkout of another user, even if the tests run as root."""
    place, asks = checkout / "data", os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path).is_relative_to(place) and asks(path, mode)
    )


@pytest.mark.parametrize("character", ["#", "?"])
def test_a_path_that_the_build_misreads_is_avoided_or_refused_in_one_line(
    tmp_path: Path, character: str
) -> None:
    misread, plain = tmp_path / f"a {character}1", tmp_path / "plain"
    misread.mkdir()
    assert build_folder(misread, plain) == BuildFolder(plain / "interface")
    assert build_folder(plain, misread) == BuildFolder(plain)
    with pytest.raises(CannotStart, match="move Pursuit, or choose another data folder") as refusal:
        build_folder(misread, misread / "data")
    assert "\n" not in refusal.value.message


def test_a_start_refuses_such_a_path_before_it_starts_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "CHECKOUT", tmp_path / "#1")
    monkeypatch.setattr(up, "data_folder", lambda _: tmp_path / "#1" / "data")
    monkeypatch.setattr(up, "Supervisor", None)
    with pytest.raises(CannotStart, match="can't be built"):
        up.start(demo=False)
    assert list(tmp_path.iterdir()) == []
