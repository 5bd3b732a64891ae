"""Pictures of a workshop's folder, as addresses that hold the picture itself."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote

# As <img> an SVG is only looked at: its scripts do not run and it loads nothing.
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_SIZE_AT_MOST = 20_000_000


class Pictures:
    """The pictures below a workshop's folder, as a file of slides names them."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def data(self, source: str, file: str) -> str:
        """The picture as a data: address; empty when it is no picture in the folder. `file`: who names it."""
        try:
            # Markdown writes letters other than ASCII as %E5…
            path = (self._root / file).parent.joinpath(unquote(source)).resolve()
            kind = _TYPES.get(path.suffix.lower())
            if kind is None or not path.is_relative_to(self._root) or not path.is_file():
                return ""
            if path.stat().st_size > _SIZE_AT_MOST:
                return ""
            return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"
        except (OSError, RuntimeError, ValueError):  # RuntimeError: a loop of links, before Python 3.13
            return ""
