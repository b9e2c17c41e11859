"""Clients of servers on loopback, which speak no TLS."""

import ssl

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For `verify`: reading the certificates of the machine costs each new client 25 ms of processor time."""
