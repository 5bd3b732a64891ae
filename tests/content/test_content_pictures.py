"""The pictures that slides name."""

import os
import sys
from pathlib import Path

import pytest

from shuro_tui import content, i18n
from shuro_tui.content import watch
from shuro_tui.content.pictures import SIZE_AT_MOST, picture
from shuro_tui.content.problem import ContentError
from shuro_tui.core.blocks import Image, images
from tests.content.small_workshop import edit, told, write
from tests.pictures import png


@pytest.fixture(autouse=True)
def english(japanese: None) -> None:
    """Messages in the language of the source."""
    i18n.use("en")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small workshop with a picture that no slide shows yet."""
    (tmp_path / "agenda").mkdir()
    (tmp_path / "agenda" / "図.png").write_bytes(png())
    return write(tmp_path)


def shown(root: Path, markdown: str) -> Image:
    """The image that a slide of the workshop has for that Markdown."""
    edit(root, "agenda/slides.md", "本文", markdown)
    (image,) = images(content.load(root).segments[0].slides[0].blocks)
    return image


@pytest.mark.parametrize(
    "written",
    ["図.png", "%E5%9B%B3.png", "./図.png", "<図.png>", "../agenda/図.png"],
    ids=lambda name: str(ascii(name)),
)
def test_a_picture_is_found_from_the_file_of_slides(root: Path, written: str) -> None:
    """With its size and a name that is the same for whoever names it."""
    found = shown(root, f"![地図]({written})").picture
    assert found is not None
    assert (found.file, found.width, found.height) == ("agenda/図.png", 80, 40)
    assert picture(root, found.file) == png()
    assert content.check(root) == ()


def test_a_picture_that_is_drawn_anew_is_another(root: Path) -> None:
    """Though its name and size are the same."""
    before = shown(root, "![地図](図.png)")
    (root / "agenda" / "図.png").write_bytes(png(colour="blue"))
    (after,) = images(content.load(root).segments[0].slides[0].blocks)
    assert after != before


@pytest.mark.parametrize("columns", [False, True])
def test_check_names_a_picture_that_is_missing_and_the_workshop_can_be_held(root: Path, columns: bool) -> None:
    """With the place where it is named; its words stand there."""
    before, after = ("<!-- columns -->\n\n", "\n\n<!-- column -->\n\nx\n\n<!-- /columns -->") if columns else ("", "")
    assert shown(root, f"{before}  ![地図](none.png){after}") == Image("地図", "none.png")
    line = 9 if columns else 7
    assert told(root, content.check(root)) == [f"agenda/slides.md:{line}:3: none.png: there is no such file"]


@pytest.mark.parametrize(
    "around",
    ["見る{}", "- {}", "- a\n  1. [{}](https://example.jp)", "> a{}", "## {}", "| a | b |\n| --- | --- |\n| c | d{} |"],
)
def test_check_names_pictures_within_text(root: Path, around: str) -> None:
    """Their words stand there, but who wrote a file's name wrong is to know."""
    (root / "agenda" / "torn.png").write_bytes(png()[:-30])
    named = around.format("![地図](none.png)![図](torn.png)![地図](図.png)")
    edit(root, "agenda/slides.md", "本文", named)
    line = 7 + named.count("\n")
    assert told(root, content.check(root)) == [
        f"agenda/slides.md:{line}:1: none.png: there is no such file",
        f"agenda/slides.md:{line}:1: torn.png: this picture is broken",
    ]
    content.load(root)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.png", b"", "this picture is broken"),
        ("x.png", b"no picture", "this picture is broken"),
        ("x.png", png()[:40], "this picture is broken"),
        ("x.jpg", png()[:-30], "this picture is broken"),
        ("x.svg", b"<svg width='1' height='1'/>", "pictures are png, jpg, jpeg, gif, webp"),
        ("x.png", png() + bytes(SIZE_AT_MOST), f"this file is larger than {SIZE_AT_MOST} bytes"),
    ],
    ids=["empty", "text", "head", "torn", "svg", "huge"],
)
def test_check_names_a_picture_that_cannot_be_shown(root: Path, name: str, data: bytes, why: str) -> None:
    """Whatever is wrong with its file."""
    (root / "agenda" / name).write_bytes(data)
    edit(root, "agenda/slides.md", "本文", f"![地図]({name})")
    assert told(root, content.check(root)) == [f"agenda/slides.md:7:1: {name}: {why}"]
    content.load(root)


@pytest.mark.parametrize("written", ["https://example.jp/a.png", "data:image/png;base64,AAAA", "../../out.png"])
def test_a_picture_stays_within_the_workshop_s_folder(root: Path, written: str) -> None:
    """Nothing on the network or elsewhere on the machine is shown."""
    (root.parent / "out.png").write_bytes(png())
    assert shown(root, f"![地図]({written})").picture is None
    (problem,) = told(root, content.check(root))
    assert "workshop's folder" in problem


def test_a_link_out_of_the_folder_is_not_followed(root: Path) -> None:
    """Not even when it was laid after the workshop was read."""
    (root.parent / "secret.png").write_bytes(png())
    (root / "agenda" / "図.png").unlink()
    (root / "agenda" / "図.png").symlink_to(root.parent / "secret.png")
    with pytest.raises(ContentError, match="leaves the workshop's folder"):
        picture(root, "agenda/図.png")


def test_a_picture_without_words_is_told(root: Path) -> None:
    """Somebody in the room may not see it, and some screens cannot show it."""
    assert shown(root, "![](図.png)").picture is not None
    (problem,) = told(root, content.check(root))
    assert "no words for those who do not see it" in problem


def test_without_the_extra_only_what_the_head_of_a_picture_says_is_checked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the workshop is as good as it was."""
    (root / "agenda" / "図.png").write_bytes(png()[:-30])
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert shown(root, "![地図](図.png)").picture is not None
    assert content.check(root) == ()


def test_a_save_of_a_picture_is_noticed(root: Path) -> None:
    """As that of any file of the workshop is."""
    edit(root, "agenda/slides.md", "本文", "![地図](%E5%9B%B3.png)")
    before = watch.stamp(root)
    os.utime(root / "agenda" / "図.png", ns=(1, 1))
    assert watch.stamp(root) != before
