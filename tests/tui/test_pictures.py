"""The README's pictures are what the screens look like."""

import importlib.util
import os
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from tests.tui.scenes import PICTURES

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"


def script() -> ModuleType:
    """The script that makes them."""
    spec = importlib.util.spec_from_file_location("pictures", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_what_the_script_makes(name: str) -> None:
    """What is committed is today's screen; GOLDENS=write, or the script itself, brings it up to date."""
    made = await script().picture(name)
    file = FOLDER / f"{name}.svg"
    if os.environ.get("GOLDENS") == "write":
        file.write_text(made, encoding="utf-8")
    assert made == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_asks_nobody(name: str) -> None:
    """A picture is whole in itself: no font, no script, nothing from another place."""
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    ET.fromstring(text)  # noqa: S314 - the project's own file
    assert "url(http" not in text
    assert "@font-face" not in text
    assert "<script" not in text
