"""Pictures of a workshop's folder, as addresses that hold the picture itself."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

# As <img> an SVG is only looked at: its scripts do not run and it loads nothing.
_DRAWING = "image/svg+xml"
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": _DRAWING,
}
_SIZE_AT_MOST = 20_000_000


class Pictures:
    """The pictures below a workshop's folder, as a file of slides names them."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def data(self, source: str, file: str) -> str:
        """The picture as a data: address; empty when it is no whole picture in the folder. `file`: who names it."""
        try:
            # Markdown writes letters other than ASCII as %E5…
            path = (self._root / file).parent.joinpath(unquote(source)).resolve()
            kind = _TYPES.get(path.suffix.lower())
            if kind is None or not path.is_relative_to(self._root) or not path.is_file():
                return ""
            if path.stat().st_size > _SIZE_AT_MOST:
                return ""
            data = path.read_bytes()
        except (OSError, RuntimeError, ValueError):  # RuntimeError: a loop of links, before Python 3.13
            return ""
        if kind != _DRAWING and _broken(data):
            return ""
        return f"data:{kind};base64,{b64encode(data).decode()}"


def _broken(data: bytes) -> bool:
    """Whether it can be seen not to be whole, as `check` and the screens see it; never without the extra."""
    try:
        from PIL import Image  # noqa: PLC0415 - a part of the extra
    except ImportError:
        return False
    try:
        with Image.open(BytesIO(data)) as opened:
            opened.load()
    except Exception:  # noqa: BLE001 - whatever its many readers raise at what is no picture
        return True
    return False
