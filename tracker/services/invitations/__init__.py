"""Invitations to interviews, as calendars and mail programs send them."""
