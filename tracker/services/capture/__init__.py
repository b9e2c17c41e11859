"""Postings read from addresses, HTML and text, so that an application can be added from them."""
