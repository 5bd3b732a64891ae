"""Pictures for tests, drawn when they are needed."""

from io import BytesIO

from PIL import Image


def png(width: int = 80, height: int = 40, colour: str = "red") -> bytes:
    """A picture of one colour, as a file."""
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()
