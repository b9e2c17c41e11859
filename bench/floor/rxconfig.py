"""Configuration of the minimal app, with the same state manager as Pursuit's."""

import os

import reflex as rx

config = rx.Config(
    app_name="floor",
    redis_url=os.environ["REDIS_URL"],
    redis_token_expiration=86_400,
    transport="websocket",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
