"""What every test stands on: the default language, whatever the machine's is."""

from collections.abc import Iterator

import pytest

from shuro_tui import i18n


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Speak Japanese, whatever a test before has chosen."""
    i18n.use("ja")
    yield
    i18n.use("ja")
