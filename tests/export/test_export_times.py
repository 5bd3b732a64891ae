"""The times of a session in its exports: the same figures in each, and the line drawn for terminal and browser."""

import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.bars import actual_bars, planned_bars, span
from shuro_tui.core.model import MINUTE
from shuro_tui.core.session import Session
from shuro_tui.core.times import times_of
from shuro_tui.export.drawing import drawing
from shuro_tui.export.files import rendered
from tests.export.exported import NOW, cells, export, workbook
from tests.export.written_session import START, after, evening, new_session
from tests.lectures import Lecture, lectures, moments, session

VOID = {"wbr", "meta", "br"}


class Nesting(HTMLParser):
    """Whether every tag is closed in its place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more is open."""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Closed as soon as it is open: only in a picture."""
        assert "svg" in self.open

    def handle_endtag(self, tag: str) -> None:
        """It has to be the last one opened."""
        assert self.open.pop() == tag


def timeline(of: Session) -> dict[str, Any]:
    """The times in session.json."""
    found: dict[str, Any] = json.loads(export(of, "json"))["timeline"]
    return found


def picture(page: bytes) -> ElementTree.Element:
    """The picture of the times in the web page, read as strictly as XML is."""
    (svg,) = re.findall(r"<svg role=.*?</svg>", page.decode(), re.DOTALL)
    return ElementTree.fromstring(svg)  # noqa: S314 - our own bytes


def test_the_workbook_tells_the_times_of_everything() -> None:
    """Segments, their steps and slides, and the whole; in words where it differs."""
    table = cells(workbook(evening())["時間"])
    assert table[0] == [
        *("区分", "番号", "題", "予定", "配分", "実際", "差"),
        *("超過", "一時停止", "割り込み", "開始", "終了", "備考"),
    ]
    assert [row[:10] for row in table[1:]] == [
        ["項目", "1", "講義", "10:00", "10:00", "12:00", "2:00 長い", "2:00", "", "3:00"],
        ["スライド", "1", "一", "5:00", "5:00", "3:00", "2:00 短い", "", "", ""],
        ["スライド", "2", "二", "5:00", "5:00", "9:00", "4:00 長い", "4:00", "", ""],
        ["項目", "2", "事例", "20:00", "20:00", "18:00", "2:00 短い", "", "1:00", ""],
        ["段階", "1", "個人", "5:00", "5:00", "8:00", "3:00 長い", "3:00", "", ""],
        ["段階", "2", "グループ", "15:00", "15:00", "10:00", "5:00 短い", "", "", ""],
        ["スライド", "1", "三", "20:00", "20:00", "18:00", "2:00 短い", "", "", ""],
        ["項目", "3", "まとめ", "5:00", "3:00", "5:00", "予定どおり", "2:00", "", "4:00"],
        ["スライド", "1", "四", "4:00", "3:00", "5:00", "1:00 長い", "2:00", "", ""],
        ["スライド", "2", "五", "1:00", "0:00", "", "", "", "", ""],
        ["全体", "", "全体", "35:00", "33:00", "35:00", "予定どおり", "", "1:00", "7:00"],
    ]
    assert [row[10:12] for row in table if row[0] in ("項目", "全体")] == [
        ["07:13:20", "07:25:20"],
        ["07:25:20", "07:44:20"],
        ["07:44:20", "07:49:20"],
        ["07:13:20", "07:49:20"],
    ]
    assert [row[12] for row in table[1:] if row[12]] == [
        "発表 2/3班",
        "配分の見直しでとばす",
        "開始から終了まで 36:00、終了を 1:00 後ろへ、定刻",
    ]


def test_the_workbook_tells_what_interrupted() -> None:
    """A table of its own, by kind, with sums on the right and below."""
    assert cells(workbook(evening())["割り込み"]) == [
        ["番号", "項目", "質問", "機材", "議論", "合計"],
        ["1", "講義", "2:00", "1:00", "", "3:00"],
        ["2", "事例", "", "", "", ""],
        ["3", "まとめ", "4:00", "", "", "4:00"],
        ["", "全体", "6:00", "1:00", "", "7:00"],
    ]


def test_the_json_tells_the_times_in_seconds() -> None:
    """Everything that the timeline knows, for other programs."""
    found = timeline(evening())
    segments = found.pop("segments")
    assert found == {
        "started_at": "2023-11-15T07:13:20+09:00",
        "finished_at": "2023-11-15T07:49:20+09:00",
        "planned": 2100,
        "adapted": 1980,
        "spent": 2100,
        "paused": 60,
        "interrupted": {"question": 360, "equipment": 60},
        "end_moved": 60,
        "lateness": 0,
        "skipped": [{"segment": "end", "slide": 1}],
        "presenting": [{"segment": "end", "groups": 2}],
    }
    work = segments[1]
    assert (work["id"], work["added"], work["spent"], work["paused"], work["overrun"]) == ("work", 0, 1080, 60, 0)
    assert [(step["title"], step["planned"], step["spent"]) for step in work["steps"]] == [
        ("個人", 300, 480),
        ("グループ", 900, 600),
    ]
    assert [slide["spent"] for slide in segments[0]["slides"]] == [180, 540]


@settings(max_examples=25, deadline=None)
@given(lectures)
def test_all_exports_tell_the_same(steps: Lecture) -> None:
    """Wherever a session stands: JSON and workbook have the times of the core, and the page stays well-formed."""
    of, now = session(), START
    for moment in moments(steps):
        of, now = moment.session, moment.now
    times = times_of(of.timeline, of.workshop, now)
    files = rendered(of, ["json", "html", "md"], now)
    assert [
        round(segment["spent"] * 1000) for segment in json.loads(files["session.json"])["timeline"]["segments"]
    ] == [row.actual or 0 for row in times.segments]
    assert Nesting(files["report.html"].decode()).open == []
    bars = picture(files["report.html"]).findall("rect")
    ran = [bar for bar in bars if "stroke-dasharray" not in bar.attrib]
    assert len(ran) == len(planned_bars(times)) + len(actual_bars(times))


def test_the_picture_is_to_one_scale() -> None:
    """Both lines begin at one place, and each of their boxes is as long as its time."""
    of = evening()
    times = times_of(of.timeline, of.workshop, NOW)
    bars = [
        {key: float(bar.attrib[key]) for key in ("x", "y", "width")} for bar in picture(export(of, "html")).iter("rect")
    ]
    planned, actual, _legend = ([bar for bar in bars if bar["y"] == row] for row in sorted({bar["y"] for bar in bars}))
    assert planned[0]["x"] == actual[0]["x"]
    scale = sum(bar["width"] for bar in actual) / span(times)
    assert [bar["width"] for bar in planned] == pytest.approx(
        [(bar.end - bar.begin) * scale for bar in planned_bars(times)], abs=0.2
    )
    # The pause has a box of its own after the segment in which it was.
    assert [bar["width"] for bar in actual] == pytest.approx(
        [minute * MINUTE * scale for minute in (12, 18, 1, 5)], abs=0.2
    )


def test_the_picture_is_told_to_who_does_not_see_it() -> None:
    """A role, a name and the times in words; no colour but black, white and greys."""
    svg = picture(export(evening(), "html"))
    title, description = svg[0], svg[1]
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert title.text == "予定と実際"
    assert description.text is not None
    assert description.text.startswith("1 講義: 予定 10:00、実際 12:00")
    colours = {
        part.attrib[name].lstrip("#") for part in svg.iter() for name in ("fill", "stroke") if name in part.attrib
    }
    assert all(len(set(re.findall("..", colour) if len(colour) == 6 else colour)) == 1 for colour in colours)


def test_a_title_in_the_picture_is_text() -> None:
    """Markup in a title is none in the picture."""
    of = new_session()
    first, *others = of.workshop.segments
    hostile = replace(of.workshop, segments=(replace(first, title="</desc><script>1</script>&"), *others))
    svg = ElementTree.fromstring(drawing(times_of(of.timeline, hostile, NOW)))  # noqa: S314
    assert "<script>" in (svg[1].text or "")
    assert not list(svg.iter("script"))


def test_the_markdown_draws_the_line() -> None:
    """In a block of code, above the table."""
    text = export(evening(), "md").decode()
    (block,) = re.findall(r"```text\n(.*?)\n```", text, re.DOTALL)
    assert [line.split()[0] for line in block.split("\n")] == ["分", "予定", "実際", "."]
    assert text.index(block) < text.index("| 区分 |")


def test_what_still_runs_counts_up_to_the_export() -> None:
    """The running segment has its time so far, and no difference yet."""
    running = after(new_session(), [(0, None, ask.Start()), (12, None, ask.GoTo(1))])
    rows = cells(workbook(running)["時間"], 2)
    assert [row[5:7] for row in rows if row[0] in ("項目", "全体")] == [
        ["12:00", "2:00 長い"],
        ["28:00", ""],
        ["", ""],
        ["40:00", ""],
    ]
    assert timeline(running)["segments"][1]["spent"] == 28 * 60
