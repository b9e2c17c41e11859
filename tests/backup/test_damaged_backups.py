"""Backups that are damaged, invalid or locked are rejected before anything is changed."""

from pathlib import Path

import pytest

from tests.support.databases import rows
from tracker.backup import Unusable, archive
from tracker.backup.archive import opened
from tracker.backup.creation import back_up
from tracker.backup.restore import restore

PASSPHRASE = "a passphrase"


@pytest.fixture
def sealed(backup: Path, data: Path) -> Path:
    """Return the same backup, encrypted."""
    return back_up(data, data.parent / "backup.zip.age", PASSPHRASE).path


def refused(path: Path, passphrase: str = "") -> str:
    with pytest.raises(Unusable) as refusal, opened(path, passphrase):
        pass
    assert "\n" not in refusal.value.message
    return refusal.value.message


def positions(size: int) -> list[int]:
    """Return positions at the start, at the end and in between."""
    return sorted({*range(0, 200, 7), *range(size - 2000, size, 3), *range(0, size, size // 150)})


def test_a_flipped_bit_anywhere_is_noticed(backup: Path) -> None:
    whole = backup.read_bytes()
    for position in positions(len(whole)):
        altered = bytearray(whole)
        altered[position] ^= 4
        backup.write_bytes(altered)
        refused(backup)
    backup.write_bytes(whole)
    with opened(backup, "") as reader:
        assert reader.manifest.parts.keys() >= {archive.DUMP, "secrets/sealing"}


def test_a_flipped_bit_anywhere_in_an_encrypted_backup_is_detected(sealed: Path) -> None:
    whole = sealed.read_bytes()
    for position in positions(len(whole))[::10]:
        altered = bytearray(whole)
        altered[position] ^= 4
        sealed.write_bytes(altered)
        refused(sealed, PASSPHRASE)


def test_a_truncated_backup_is_rejected(backup: Path, sealed: Path) -> None:
    for path, passphrase in ((backup, ""), (sealed, PASSPHRASE)):
        whole = path.read_bytes()
        for end in (0, 1, 3, 100, len(whole) // 2, len(whole) - 65, len(whole) - 1):
            path.write_bytes(whole[:end])
            refused(path, passphrase)
        path.write_bytes(whole + b"\n")
        refused(path, passphrase)


def test_the_wrong_passphrase_is_named_as_the_reason(sealed: Path) -> None:
    assert "passphrase is wrong" in refused(sealed, "another")


def test_an_encrypted_backup_reveals_nothing_in_plain_text(sealed: Path) -> None:
    content = sealed.read_bytes()
    for known in (b"PGDMP", b"manifest", b"secrets", b"Linear"):
        assert known not in content


def test_files_that_are_no_backups_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"PGDMP", b"PK\x03\x04", b"{}", b"\x00" * 5000):
        (tmp_path / "other").write_bytes(content)
        assert "isn't a backup" in refused(tmp_path / "other") or "damaged" in refused(tmp_path / "other")


def test_an_archive_with_a_sum_of_its_own_but_without_our_parts_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "other.zip").open("wb") as file:
        writer = archive.Writer(file, "")
        writer.add("photo.jpg", [b"x"])
        writer._zip.close()
        writer._sink.finish()
    assert "isn't a backup of Pursuit" in refused(tmp_path / "other.zip")


def test_a_format_of_a_later_version_is_refused(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FORMAT", 0)
    assert "its format is newer than this version's" in refused(backup)


def test_a_damaged_backup_changes_neither_the_database_nor_the_folder(backup: Path, target: str) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    with pytest.raises(Unusable):
        restore(backup, "", backup.parent / "new")
    assert rows(target) == {}
    assert not (backup.parent / "new").exists()
