"""The hub's process: a workshop, its session's file, the room and the server, put together."""

import asyncio
import secrets
import signal
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from shuro_tui import content
from shuro_tui.core.model import Millis
from shuro_tui.core.session import Group, Session
from shuro_tui.hub.clock import Clock
from shuro_tui.settings import Settings
from shuro_tui.store import Store


def new_session(workshop_file: Path, names: tuple[str, ...], now: Millis) -> Session:
    """A session of that workshop for groups of those names. Raises ContentError."""
    workshop = content.load(workshop_file)
    stamp = datetime.fromtimestamp(now / 1000, UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    groups = tuple(Group(f"g{number}", name) for number, name in enumerate(names, 1))
    keys = {group.id: secrets.token_urlsafe(24) for group in groups}
    return Session.new(f"{stamp}-{secrets.token_hex(2)}", workshop, groups, keys, now)
