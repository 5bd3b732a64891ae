"""Write the README's pictures anew: `python docs/pictures/make.py`, from a checkout with the `dev` extra installed."""

import asyncio
import html
import re
import sys
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from shuro_tui import i18n  # noqa: E402 - the checkout has to be on the path first
from tests.tui import scenes  # noqa: E402

SIZE = (120, 36)
_FONTS = 'Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", "BIZ UDGothic", "MS Gothic", monospace'
_RUN = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="[^"]*" clip-path="([^"]*)">(.*?)</text>')
_CELL = 12.2
"""Width of a terminal's cell in the picture, as Rich draws it."""


async def picture(name: str) -> str:
    """One picture as SVG: the same scene gives the same text."""
    async with scenes.scene(scenes.PICTURES[name]).played(SIZE) as app:
        return self_contained(app.export_screenshot(title="shuro-tui"), name)


def self_contained(svg: str, name: str) -> str:
    """Without fonts from elsewhere, in which Japanese would be missing, and without ids that change with the text."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {_FONTS};", svg)
    svg = _RUN.sub(_placed, svg)
    return re.sub(r"terminal-\d+", f"terminal-{name}", svg)


def _placed(run: re.Match[str]) -> str:
    """A run of text word by word, of letters of one width, each at its own cell: no font has to keep to a grid."""
    kind, left, top, clip, text = run.groups()
    parts, cell = [], 0
    for (width, blank), letters in groupby(html.unescape(text), lambda letter: (cell_len(letter), letter.isspace())):
        word = "".join(letters)
        cells = width * len(word)
        if not blank:
            place = f'x="{float(left) + cell * _CELL:.1f}" y="{top}" textLength="{cells * _CELL:.1f}"'
            parts.append(f'<text class="{kind}" {place} clip-path="{clip}">{html.escape(word)}</text>')
        cell += cells
    return "".join(parts)


async def pictures() -> dict[str, str]:
    """All of them, by file name."""
    i18n.use("ja")
    with scenes.in_tokyo():
        return {f"{name}.svg": await picture(name) for name in scenes.PICTURES}


if __name__ == "__main__":
    for file, svg in asyncio.run(pictures()).items():
        (HERE / file).write_text(svg, encoding="utf-8")
