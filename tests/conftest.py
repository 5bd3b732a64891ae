"""What every test stands on: the default language, whatever the machine's is, and no network but loopback."""

from collections.abc import Iterator

import pytest

from shuro_tui import i18n
from shuro_tui.settings import INTERFACES_VARIABLE


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Speak Japanese, whatever a test before has chosen."""
    i18n.use("ja")
    yield
    i18n.use("ja")


@pytest.fixture(autouse=True)
def _loopback_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Announce hubs, and look for them, on this machine alone; processes that a test starts do so too."""
    monkeypatch.setenv(INTERFACES_VARIABLE, "127.0.0.1")
