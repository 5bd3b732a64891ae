"""What all tests of exports stand on."""

import os
import time
from collections.abc import Iterator

import pytest

from shuro_tui import i18n


@pytest.fixture(scope="module", autouse=True)
def _japanese_in_japan() -> Iterator[None]:
    """Exports of a Japanese trainer's machine, whatever machine this is."""
    before, language = os.environ.get("TZ"), os.environ.get("LANGUAGE")
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    i18n.use("ja")
    yield
    i18n.use("en")
    for name, value in (("TZ", before), ("LANGUAGE", language)):
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    time.tzset()
