"""When the other end of a connection was heard last, for networks that fail without a word."""

import asyncio
from typing import Any

from shuro_tui.core.model import Millis
from shuro_tui.hub import clock

SILENCE_AT_MOST = Millis(2_250)
"""Without a byte for longer, there is nobody at the other end: clients ask once a second, and the hub answers."""


def monotonic() -> Millis:
    """Milliseconds of a clock that goes on while the machine sleeps."""
    return Millis(clock.monotonic() // 1_000_000)


class Listening(asyncio.Protocol):
    """Mixed into a connection of websockets. Bytes count, not messages: a long one on a slow network is no silence."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heard_at = monotonic()

    def data_received(self, data: bytes) -> None:
        """Note the moment."""
        self.heard_at = monotonic()
        super().data_received(data)

    @property
    def silent(self) -> Millis:
        """How long ago the other end was heard last."""
        return Millis(monotonic() - self.heard_at)
