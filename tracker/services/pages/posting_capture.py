"""The posting that begins the form of a new application: pasted, or shared by a browser."""

from tracker.db import Scope
from tracker.services.capture import captures
from tracker.services.capture.posting_reader import is_html, posting_of_share, posting_of_text
from tracker.services.web_links import first_link
from tracker.shapes.capture import CapturedPosting, CaptureState, FilledField, PostingFacts

READING = "Reading the posting. You can go on filling the form."
NOTHING_NEW = "No fields could be read. The posting's text is stored with the application."
NOTHING = "Paste a posting's text, its address or its HTML."
MIN_TEXT = 300
"""Characters of a text that is a posting rather than a remark beside its address."""


def read_posting(scope: Scope, pasted: str) -> CapturedPosting:
    """Return what a pasted text says; an address or HTML is read by a job. Raises Invalid or TooMany."""
    text = pasted.strip()
    if not text:
        return CapturedPosting(NOTHING, is_problem=True)
    if is_html(text):
        return CapturedPosting(READING, capture_id=captures.request_html(scope, text))
    address = first_link(text)
    if address and len(text) < MIN_TEXT + len(address):
        return read_shared(scope, address, text.replace(address, " "), "")
    return _filled(posting_of_text(text))


def read_shared(scope: Scope, address: str, title: str, text: str) -> CapturedPosting:
    """Return what a page's title and selected text say; without much text, a job reads its address.

    Raises Invalid for an address that isn't one, and TooMany.
    """
    posting = posting_of_share(address, title, text)
    if len(posting.text) >= MIN_TEXT:
        return _filled(posting)
    capture_id = captures.request_address(scope, address)
    return CapturedPosting(READING, _fields(posting), capture_id)


def progress(scope: Scope, capture_id: str) -> CapturedPosting:
    """Return a capture's fields once it is read, or why it can't be; raises NotFound."""
    state, posting, reason = captures.result(scope, capture_id)
    if state is CaptureState.WAITING:
        return CapturedPosting(READING, capture_id=capture_id)
    return CapturedPosting(reason, is_problem=True) if reason else _filled(posting)


def _filled(posting: PostingFacts) -> CapturedPosting:
    return CapturedPosting("" if posting.facts else NOTHING_NEW, _fields(posting))


def _fields(posting: PostingFacts) -> list[FilledField]:
    """Return the fields of the form; a contact needs a name, and a text is stored as it was read."""
    names = [name for name in posting.facts if name != "contact_email" or "contact_name" in posting.facts]
    fields = [FilledField(name, posting.facts[name].value, _note(posting, name)) for name in names]
    if posting.text:
        fields.append(FilledField("posting_text", posting.text, "As seen today"))
    return fields


def _note(posting: PostingFacts, name: str) -> str:
    label = posting.facts[name].origin.label
    return label[0].upper() + label[1:]
