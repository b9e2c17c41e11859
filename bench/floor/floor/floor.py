"""The framework's floor: one handler that adds one to a counter."""

import reflex as rx


class Counter(rx.State):
    """A number, and nothing else."""

    count: int = 0

    @rx.event
    async def add(self) -> None:
        """Add one."""
        self.count += 1


app = rx.App(theme=None, toaster=None)
app.add_page(lambda: rx.el.p(Counter.count), route="/", on_load=Counter.add)
