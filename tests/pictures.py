"""Pictures for tests, drawn when they are needed."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from shuro_tui.content.fields import Page
from shuro_tui.content.pictures import Pictures

NONE = Pictures(Path(), Path(), Page("slides.md", []))
"""For slides of which nobody wants to know what is wrong with their pictures."""


def png(width: int = 80, height: int = 40, colour: str = "red") -> bytes:
    """A picture of one colour, as a file."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()
