"""What the tests of the screens stand on."""

import gc
from collections.abc import Iterator
from itertools import count

import pytest
from textual._styles_cache import StylesCache

from shuro_tui.tui.widgets import sheet_row
from tests.tui import scenes

_EVERY = 6
_played = count(1)


@pytest.fixture(autouse=True)
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time of day is that of the lecture, and what is typed is put away almost at once."""
    monkeypatch.setattr(sheet_row, "AFTER", 0.001)
    with scenes.in_tokyo():
        yield


@pytest.fixture(autouse=True)
def strike() -> Iterator[None]:
    """Clear the stage now and then: Textual keeps what it painted, and Python would search it again and again."""
    gc.disable()
    yield
    StylesCache.get_inner_outer.cache_clear()
    if next(_played) % _EVERY == 0:
        gc.collect()
    gc.enable()
