"""Every screen as a person sees it, in two sizes and two languages, kept as plain text."""

import os
from pathlib import Path

import pytest

from shuro_tui import i18n
from tests.tui.picture import text_of
from tests.tui.scenes import SCENES, Scene

GOLDENS = Path(__file__).parent / "goldens"
WRITE = os.environ.get("GOLDENS") == "write"

SHOTS = [
    pytest.param(scene, size, language, id=f"{scene.name}.{size[0]}x{size[1]}.{language}")
    for scene in SCENES
    for size in scene.sizes
    for language in i18n.LANGUAGES
]


@pytest.mark.parametrize(("scene", "size", "language"), SHOTS)
async def test_a_screen_looks_as_it_did(scene: Scene, size: tuple[int, int], language: str) -> None:
    """What a person sees changes only when somebody means it to; GOLDENS=write takes the pictures anew."""
    i18n.use(language)
    golden = GOLDENS / f"{scene.name}.{size[0]}x{size[1]}.{language}.txt"
    async with scene.played(size) as app:
        shown = text_of(app)
    if WRITE:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_no_golden_is_left_over() -> None:
    """Every picture that is kept belongs to a scene."""
    wanted = {f"{shot.id}.txt" for shot in SHOTS}
    assert {path.name for path in GOLDENS.iterdir()} == wanted
