"""The pictures that slides show: where they are, how large, and what is wrong with them."""

import os
import zlib
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import imagesize
from markdown_it.token import Token

from shuro_tui.content.fields import Page
from shuro_tui.content.files import fault, read_bytes
from shuro_tui.content.problem import ContentError, Place, Problem, quoted
from shuro_tui.core.blocks import Image, Picture
from shuro_tui.core.sheet import clean
from shuro_tui.i18n import _

KINDS = ("png", "jpg", "jpeg", "gif", "webp")
"""What a picture's name ends in, and what every screen that shows pictures can show."""

SIZE_AT_MOST = 5_000_000
"""Bytes: each screen that shows a picture has to get it first."""


def picture(root: Path, name: str) -> bytes:
    """A picture of a workshop's folder by its name there. Raises ContentError."""
    if wrong := fault(root, name):
        raise ContentError([Problem(str(root / name), message=wrong)])
    return read_bytes(root / name, SIZE_AT_MOST)


class Pictures:
    """The pictures of one file of slides, which names them from its own folder.

    Their problems go to a page of their own: a workshop whose pictures are missing can be held all the same.
    """

    def __init__(self, root: Path, folder: Path, page: Page) -> None:
        self._root = root
        self._folder = folder
        self._page = page
        self._found: list[tuple[Path, Place]] = []

    def image(self, token: Token, place: Place) -> Image:
        """What an image of Markdown is: a picture, or its words alone where there is none."""
        source = clean(str(token.attrGet("src") or ""))
        words = clean("".join(child.content for child in token.children or ()))
        if not words.strip():
            message = _("this picture has no words for those who do not see it")
            self._page.complain(place, message, _("![what it shows](file)"))
        written = unquote(source)  # Markdown writes 図 as %E5%9B%B3
        picture = self._picture(written)
        if isinstance(picture, str):
            self._complain(place, written, picture)
            return Image(words, source)
        self._found.append((self._folder / written, place))
        return Image(words, source, picture)

    def find_broken(self) -> None:
        """Complain about pictures that can be seen not to be whole; nobody sees it without the extra for pictures."""
        for path, place in self._found:
            if _broken(path):
                self._complain(place, path.name, _("this picture is broken"))

    def _picture(self, written: str) -> Picture | str:
        """The picture of that name, or why there is none."""
        if urlsplit(written).scheme:
            return _("a picture must be a file in the workshop's folder")
        path = self._folder / written
        name = os.path.relpath(path, self._root)
        if path.suffix.lower().removeprefix(".") not in KINDS:
            return _("pictures are {kinds}").format(kinds=", ".join(KINDS))
        try:
            data = picture(self._root, name)
        except ContentError as error:
            return error.problems[0].message
        width, height = imagesize.get(BytesIO(data))
        if min(width, height) < 1:
            return _("this picture is broken")
        return Picture(Path(name).as_posix(), int(width), int(height), f"{zlib.crc32(data):08x}")

    def _complain(self, place: Place, written: str, message: str) -> None:
        self._page.complain(place, f"{quoted(written)}: {message}")


def _broken(path: Path) -> bool:
    try:
        from PIL import Image as Pillow  # noqa: PLC0415 - a part of the extra
    except ImportError:
        return False
    try:
        with Pillow.open(path) as opened:
            opened.load()
    except Exception:  # noqa: BLE001 - whatever its many readers raise at what is no picture
        return True
    return False
