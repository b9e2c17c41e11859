"""The framework's minimum cost: an app with one handler, which increments a counter."""

import reflex as rx


class Counter(rx.State):
    """State with a single number."""

    count: int = 0

    @rx.event
    async def add(self) -> None:
        """Increment the counter."""
        self.count += 1


app = rx.App(theme=None, toaster=None)
app.add_page(lambda: rx.el.p(Counter.count), route="/", on_load=Counter.add)
