"""Exports of everything as Settings shows them."""

from dataclasses import dataclass

from tracker.shapes.enumerations import LabelledEnum


class ArchiveKind(LabelledEnum):
    """Kinds of archives: an export to download, or an uploaded one to load."""

    EXPORT = "export"
    UPLOAD = "upload"


@dataclass(frozen=True)
class ArchiveItem:
    """An archive's status as a sentence, and the progress in percent of its job while that runs."""

    id: str
    status: str
    progress: int
    is_working: bool
    is_failed: bool
    can_download: bool


@dataclass(frozen=True)
class YourData:
    """The user's export and upload, each if there is one, and whether an upload could be loaded."""

    export: ArchiveItem | None
    upload: ArchiveItem | None
    is_empty: bool
