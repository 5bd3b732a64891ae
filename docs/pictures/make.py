"""Write the README's pictures anew: `python docs/pictures/make.py`, from a checkout with the `dev` extra installed."""

import asyncio
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from shuro_tui import i18n  # noqa: E402 - the checkout has to be on the path first
from tests.tui import scenes  # noqa: E402

SIZE = (120, 36)
_FONTS = '"Noto Sans Mono CJK JP", "BIZ UDGothic", "MS Gothic", "Osaka-Mono", monospace'


async def picture(name: str) -> str:
    """One picture as SVG: the same scene gives the same text."""
    async with scenes.scene(scenes.PICTURES[name]).played(SIZE) as app:
        return self_contained(app.export_screenshot(title="shuro-tui"), name)


def self_contained(svg: str, name: str) -> str:
    """Without fonts from elsewhere, in which Japanese would be missing, and without ids that change with the text."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {_FONTS};", svg)
    return re.sub(r"terminal-\d+", f"terminal-{name}", svg)


async def pictures() -> dict[str, str]:
    """All of them, by file name."""
    i18n.use("ja")
    with scenes.in_tokyo():
        return {f"{name}.svg": await picture(name) for name in scenes.PICTURES}


if __name__ == "__main__":
    for file, svg in asyncio.run(pictures()).items():
        (HERE / file).write_text(svg, encoding="utf-8")
