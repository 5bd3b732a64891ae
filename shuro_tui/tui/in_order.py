"""Keys one after the other, however fast they come."""

from collections import deque
from typing import TypeVar

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

Result = TypeVar("Result")


class InOrder(App[Result]):
    """An application in which a key is handed out only when the one before it has had its whole effect.

    Textual hands a key to the widget that has the focus when the key arrives. Over a slow line keys arrive in one
    piece: what follows Enter would still go to the cell that Enter is about to leave.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key] = deque()
        self._under_way: events.Key | None = None
        self._handed_to: MessagePump | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while another is under way."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append(event)
        # Whoever had the key may have been taken off the screen with it.
        gone = self._handed_to is not None and not self._handed_to.is_attached
        if self._under_way is None or gone:
            await self._hand_out()

    async def _hand_out(self) -> None:
        self._under_way = self._handed_to = None
        while self._waiting and self._under_way is None:
            key = self._waiting.popleft()
            receiver = self.focused or self.screen
            self._under_way, self._handed_to = key, receiver
            await super().on_event(key)
            if not key.is_forwarded or not receiver.call_later(self._handled_there, key):
                self._under_way = None

    async def _handled_there(self, key: events.Key) -> None:
        """The receiver is through with the key: it has used it, or the key goes up to the application."""
        if key is self._under_way and key._stop_propagation:
            self.call_later(self._hand_out)

    async def _on_key(self, event: events.Key) -> None:
        # Came up from below; Textual calls the method of every base, and the bindings are run by the next.
        if event is self._under_way:
            self.call_later(self._hand_out)
