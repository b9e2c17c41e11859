"""The stored keys by which applications for one job are recognized."""

from tracker.models import Application
from tracker.services.employers import employer_key
from tracker.services.postings import posting_key


def update_keys(row: Application) -> None:
    """Derive an application's keys again, after its company or its posting's address was set."""
    row.posting_key = posting_key(row.posting_url)
    row.employer_key = employer_key(row.company)
