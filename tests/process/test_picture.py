"""A picture of the workshop's folder, from the hub's machine to every terminal that shows it."""

import re
from pathlib import Path

from tests.content.small_workshop import edit, write
from tests.pictures import png
from tests.process.conftest import Open


def pixels(shown: str) -> int:
    """Lines of blocks on the screen."""
    return len(re.findall("▀{20}", shown))


def test_a_picture_is_on_every_screen_that_shows_its_slide(terminal: Open, tmp_path: Path) -> None:
    """The facilitator's, the projector's and a group's; drawn anew it is seen by all, deleted its words are."""
    root = write(tmp_path / "workshop")
    (root / "agenda" / "図.png").write_bytes(png())
    edit(root, "agenda/slides.md", "本文", "![地域の地図](図.png)")
    facilitator = terminal("run", str(root), "--port", "0")
    facilitator.wait("開始前")
    facilitator.type(" ")
    facilitator.wait(lambda shown: pixels(shown) >= 5)
    screens = [facilitator, terminal("screen"), terminal("join", "--group", "1班")]
    for screen in screens:
        assert "[地域の地図]" not in screen.wait(lambda shown: pixels(shown) >= 5)
    (root / "agenda" / "図.png").write_bytes(png(80, 80))
    for screen in screens:
        screen.wait(lambda shown: pixels(shown) >= 10)
    (root / "agenda" / "図.png").unlink()
    edit(root, "agenda/slides.md", "# はじめに", "# はじめ")
    for screen in screens:
        screen.wait("[地域の地図]")
