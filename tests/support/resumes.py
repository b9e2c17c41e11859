"""Resumes of people who don't exist, in the layouts that people use."""

from pathlib import Path

EVERY = {
    path.stem: path.read_text() for path in sorted((Path(__file__).parent / "resume_texts").glob("*.txt"))
}
