"""Ecomaps as SVG: read by a strict parser, drawn by somebody else's program, legible on paper, and inert."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from PIL import Image

from shuro_tui.core.cells import cell_len
from shuro_tui.core.ecomap import Ecomap, ecomap
from shuro_tui.core.ecomap_legend import kind_words
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.sheet import clean
from shuro_tui.export.ecomap_svg import drawing, in_words, render
from shuro_tui.export.files import rendered
from shuro_tui.i18n import _
from tests import ecomaps
from tests.ecomaps import bundled, case, compared, drawn_names, name, resources
from tests.export.exported import NOW, export
from tests.export.test_export import HOSTILE
from tests.export.written_session import evening, typed

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "path", "text", "g", "circle", "rect"}
CELL, HEIGHT = 7, 14
NAMES = "アイウエオカキク"
BLACK_AND_WHITE = {"#000", "#fff", "#767676", "none"}
RSVG = shutil.which("rsvg-convert")

needs_rsvg = pytest.mark.skipif(RSVG is None, reason="librsvg is not there to draw with")


class Text(NamedTuple):
    """A text with its place on the page."""

    words: str
    left: float
    right: float
    base: float

    def touches(self, other: "Text") -> bool:
        """Whether the two stand over each other."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and abs(self.base - other.base) < HEIGHT


def tree(data: bytes) -> ElementTree.Element:
    """The picture as XML, and nothing in it but what we draw with."""
    root = ElementTree.fromstring(data)  # noqa: S314 - our own bytes
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= TAGS
    assert not [key for each in root.iter() for key in each.attrib if key.startswith("on") or "href" in key]
    return root


def texts(root: ElementTree.Element, anchor: str = "start") -> Iterator[Text]:
    """Every text; a group says how those in it are set."""
    anchor = root.get("text-anchor", anchor)
    if root.tag == f"{SVG}text":
        words, x = root.text or "", float(root.get("x", ""))
        size = float(root.get("font-size", HEIGHT)) / HEIGHT
        width = CELL * cell_len(words) * size
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        yield Text(words, left, left + width, float(root.get("y", "")))
    for below in root:
        yield from texts(below, anchor)


def drawn(picture: Ecomap) -> ElementTree.Element:
    """Its picture, parsed."""
    return tree(render(picture, "図"))


@settings(max_examples=60)
@given(ecomaps.ecomaps)
def test_no_text_stands_over_another(drawn_of: tuple[Comparison, Ecomap]) -> None:
    """With up to 40 organisations and 50 groups, and none leaves the page."""
    root = drawn(drawn_of[1])
    _x, _y, width, height = map(float, root.get("viewBox", "").split())
    found = list(texts(root))
    assert [pair for pair in combinations(found, 2) if pair[0].touches(pair[1])] == []
    assert min(text.left for text in found) >= 0
    assert max(text.right for text in found) <= width
    assert all(HEIGHT <= text.base <= height for text in found)


@settings(max_examples=60)
@given(ecomaps.ecomaps)
def test_every_organisation_is_drawn_once_and_whole(drawn_of: tuple[Comparison, Ecomap]) -> None:
    """No letter of a name is lost or doubled."""
    comparison, picture = drawn_of
    letters = Counter(letter for text in texts(drawn(picture)) for letter in text.words if letter in NAMES)
    assert letters == Counter(letter for each in drawn_names(comparison, picture) for letter in each[3:])
    firsts = [text.words[:3] for text in texts(drawn(picture)) if text.words[2:3] == "番"]
    assert sorted(firsts) == sorted(each[:3] for each in drawn_names(comparison, picture))


@settings(max_examples=40)
@given(ecomaps.ecomaps)
def test_it_fits_on_a4_in_black_and_white(drawn_of: tuple[Comparison, Ecomap]) -> None:
    """Not wider or higher than what lies between the margins, and without a colour."""
    root = drawn(drawn_of[1])
    assert float(root.get("width", "").removesuffix("mm")) <= 190
    assert float(root.get("height", "").removesuffix("mm")) <= 277
    assert {each.get(key) for each in root.iter() for key in ("fill", "stroke")} - {None} <= BLACK_AND_WHITE


@pytest.mark.parametrize("layers", [(), ("g1",), ("g1", "g2")])
def test_the_legend_is_always_there(layers: tuple[str, ...]) -> None:
    """Every kind of line and the arrow, and what the marks mean."""
    of = case()
    comparison = compared(of, resources(3), [{"organisation": name(0)}], [{"organisation": name(1)}])
    chosen = [(group,) for group in comparison.groups if group.id in layers]
    shown = [text.words for text in texts(drawn(ecomap(of, comparison, *chosen)))]
    assert {*kind_words().values(), _("the way the support flows")} <= set(shown)
    assert (_("number of groups") in shown) == (not layers)
    assert ({"A", "B", "1班", "2班"} <= set(shown)) == (len(layers) > 1)


def test_kinds_of_lines_are_told_apart() -> None:
    """Thick, thin, dotted and zigzag, and an arrow for every direction, beside those of the legend."""
    rows = [
        {"organisation": name(number), "tie": tie, "way": way}
        for number, (tie, way) in enumerate(zip(ecomaps.TIE.choices, ("受ける", "届ける", "両方", ""), strict=True))
    ]
    of = case()
    root = drawn(ecomap(of, compared(of, resources(4), rows)))
    strokes = Counter(each.get("stroke-width") for each in root.iter(f"{SVG}path") if each.get("stroke") == "#000")
    assert strokes == {"5": 2, "1.5": 4, "2.5": 2}
    heads = [each.get("d", "").count("Z") for each in root.iter(f"{SVG}path") if each.get("stroke") is None][1:]
    assert heads == [4, 1]


def test_who_does_not_see_it_is_told() -> None:
    """The title and every tie in words."""
    rows = [{"organisation": name(0), "whom": "家族", "tie": "強い"}, {"organisation": "喫茶店"}]
    of = case()
    picture = ecomap(of, compared(of, resources(1), rows))
    assert in_words(picture) == f"{name(0)}: 家族 {_('strong')}、喫茶店: 本人 {_('ordinary')}".replace("、", _("; "))
    root = drawn(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "図" + _("; ") + in_words(picture)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_typed_is_text(hostile: str) -> None:
    """Names of organisations, groups and cases, in the file and in the page."""
    session = typed([{"organisation": clean(hostile), "whom": clean(hostile)}], clean(hostile))
    of = replace(session.workshop.cases[0], title=hostile)
    session = replace(session, workshop=replace(session.workshop, cases=(of,)))
    files = rendered(session, ["svg", "html"], NOW)
    for file, data in files.items():
        if file.endswith(".svg"):
            assert tree(data).tag == f"{SVG}svg"
    for embedded in re.findall(r'<svg class="ecomap".*?</svg>', files["report.html"].decode(), re.DOTALL):
        ElementTree.fromstring(embedded)  # noqa: S314 - our own bytes


def test_there_is_a_file_of_all_and_of_each_group_that_wrote() -> None:
    """For every case; two groups over each other where they are asked for."""
    session = evening()
    g1, g2 = session.groups[:2]
    names = {name for name in rendered(session, ["svg"], NOW, [(g1, g2)]) if "-a" in name}
    assert names == {"ecomap-a.svg", "ecomap-a.g1.svg", "ecomap-a.g2.svg", "ecomap-a.g1.g2.svg"}


def test_names_of_files_stay_in_their_folder() -> None:
    """Whatever a damaged session calls its groups."""
    session = replace(typed([{"organisation": "HW"}]), groups=(Group("../g1", "1班"),))
    (sheet,) = session.sheets.values()
    session = replace(session, sheets={("a", "../g1"): replace(sheet, group="../g1")})
    assert "ecomap-a.___g1.svg" in rendered(session, ["svg"], NOW)


def test_the_page_holds_the_same_pictures() -> None:
    """As many as there are files, told apart by what they are called."""
    page = export(evening(), "html").decode()
    labels = re.findall(r'<svg class="ecomap" role="img" aria-label="(.*?)" view', page)
    assert len(labels) == len(set(labels)) == len(rendered(evening(), ["svg"], NOW))
    assert labels[0].startswith("エコマップ 事例1 Aさん 全グループ")
    assert " id=" not in drawing(ecomap(*bundled(3)), "エコマップ")


@needs_rsvg
@pytest.mark.parametrize("count", [3, 12, 50])
def test_librsvg_draws_it(count: int) -> None:
    """In black, white and grey, with letters and lines where we put them."""
    data = render(ecomap(*bundled(count)), "エコマップ")
    assert RSVG is not None
    done = subprocess.run([RSVG, "--format", "png"], input=data, capture_output=True, check=True)
    assert done.stderr == b""
    with Image.open(BytesIO(done.stdout)) as picture:
        colours = picture.convert("RGB").getcolors(picture.width * picture.height) or []
        assert all(isinstance(colour, tuple) and len(set(colour)) == 1 for _times, colour in colours)
        dark = sum(times for times, colour in colours if isinstance(colour, tuple) and colour[0] < 128)
        assert 0.01 < dark / (picture.width * picture.height) < 0.2
