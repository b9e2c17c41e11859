"""Resumes of fictional people, in common layouts."""

from pathlib import Path

EVERY = {
    path.stem: path.read_text() for path in sorted((Path(__file__).parent / "resume_texts").glob("*.txt"))
}
