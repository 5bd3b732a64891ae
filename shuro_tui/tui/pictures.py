"""Pictures on the terminal, through the optional textual-image; without it their words stand for them.

What it needs is imported with the first picture, and each picture is decoded in a thread.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from textual.widget import Widget

from shuro_tui.tui.terminal_width import Drawn

if TYPE_CHECKING:
    from PIL.Image import Image

    from shuro_tui.core.linebreak import Place  # the core comes behind the first frame

    Kind = Callable[[Image], Widget]

_KEPT = 32
"""Pictures, of all sizes, that are kept as they are shown."""

_importing = Lock()
"""Two pictures may come at once, each in a thread of its own."""


def installed() -> bool:
    """Whether pictures could be shown at all."""
    return find_spec("textual_image") is not None


class Gallery:
    """The pictures of one terminal. drawn: what it does; fetch: the bytes of a file, raises ConnectionError."""

    def __init__(self, drawn: Drawn, fetch: Callable[[str], Awaitable[bytes | None]]) -> None:
        self._drawn = drawn
        self._fetch = fetch
        self._kept: dict[Place, Image] = {}

    async def picture(self, place: "Place") -> Widget | None:
        """What shows the picture there; None where it cannot be had or is broken."""
        if place not in self._kept:
            try:
                data = await self._fetch(place.picture.file)
            except ConnectionError:
                return None
            image = None if data is None else await asyncio.to_thread(_decoded, data, self._pixels(place))
            if image is None:
                return None
            self._keep(place, image)
        kinds = await asyncio.to_thread(_kinds, self._drawn.cell)
        return self._shown(kinds[self._drawn.pictures], self._kept[place])

    def _keep(self, place: "Place", image: "Image") -> None:
        if len(self._kept) >= _KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[place] = image

    def _shown(self, kind: "Kind", image: "Image") -> Widget:
        across, down = self._cell
        shown = kind(image)
        shown.styles.width = max(1, round(image.width / across))
        shown.styles.height = max(1, round(image.height / down))
        return shown

    def _pixels(self, place: "Place") -> tuple[int, int]:
        across, down = self._cell
        return place.cells * across, place.lines * down

    @property
    def _cell(self) -> tuple[int, int]:
        """Pixels of a cell as far as they can be told apart."""
        return self._drawn.cell if self._drawn.pictures != "blocks" else (1, 2)


def _decoded(data: bytes, most: tuple[int, int]) -> "Image | None":
    """The picture the right way up, on white, as large as `most` pixels across and down; None when it is broken."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - a part of the extra

    try:
        image = ImageOps.contain(ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGBA"), most)
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    except Exception:  # noqa: BLE001 - whatever its many readers raise at what is no picture
        return None


@cache
def _kinds(cell: tuple[int, int]) -> "dict[str, Kind]":
    """What shows pictures in each of the ways."""
    from textual_image._terminal import CellSize, get_cell_size  # noqa: PLC0415

    # It would ask the terminal by itself, and take the answer and what is typed meanwhile from Textual.
    setattr(get_cell_size, "_result", CellSize(*cell))  # noqa: B010
    with _importing:
        stdout, sys.__stdout__ = sys.__stdout__, None  # type: ignore[misc]
        try:
            import textual_image.renderable  # noqa: F401, PLC0415
        finally:
            sys.__stdout__ = stdout  # type: ignore[misc]
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage  # noqa: PLC0415

    return {"kitty": TGPImage, "sixel": SixelImage, "blocks": HalfcellImage}
