"""Names that every form of the interface shares."""

FORM_KEY = "form_key"
"""The hidden field with the idempotency key of a submission."""
