"""How Reflex builds and serves the interface; everything a person may set is in `tracker/settings.py`."""

import reflex as rx

from tracker.components.browser import PageFiles
from tracker.settings import settings

config = rx.Config(
    app_name="tracker",
    deploy_url=settings().origin,
    cors_allowed_origins=list(settings().origins),
    redis_url=settings().redis_url or None,
    # A working day with the lid closed must not empty the page.
    redis_token_expiration=86_400,
    transport="websocket",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[PageFiles()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
