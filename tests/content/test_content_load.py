"""Files → workshop: what is accepted, and what becomes of it."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui import content
from shuro_tui.core.model import MINUTE, SECOND, Millis, Round
from tests.content.small_workshop import FILES, edit, write

W, S, R, C = FILES


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a workshop that is right in everything."""
    return write(tmp_path / "small")


def test_bundled_lecture() -> None:
    """The lecture has its five segments, its slides with notes, its cases and the organisations of five fields."""
    workshop = content.load(content.bundled())
    assert [segment.planned // MINUTE for segment in workshop.segments] == [10, 10, 20, 10, 10]
    assert workshop.total == 60 * MINUTE
    slides = [slide for segment in workshop.segments for slide in segment.slides]
    assert len(slides) >= 30
    assert all(slide.notes and slide.title and slide.blocks and slide.line for slide in slides)
    assert [case.id for case in workshop.cases] == ["case1", "case2"]
    assert all(len(case.columns) == 3 and case.rehearsal for case in workshop.cases)
    assert set(workshop.catalogue.fields) == {"就労", "地域", "医療", "生活", "家族"}
    assert {resource.origin for resource in workshop.catalogue.resources} == {"source", "addition"}
    assert [(segment.has_video, segment.video) for segment in workshop.segments[2:4]] == [(False, None), (True, None)]


def test_bundled_lecture_names_what_its_slides_name() -> None:
    """Each organisation of the map on the slides stands in the catalogue as a name or an alias."""
    workshop = content.load(content.bundled())
    known = {name for resource in workshop.catalogue.resources for name in (resource.name, *resource.aliases)}
    assert {"公共職業安定所", "ハローワーク", "なかぽつ", "社会福祉協議会", "就労移行支援", "民生委員"} <= known


def test_bundled_lecture_plans_its_slides() -> None:
    """Slides have the seconds that their notes name, steps of the case work aside, and fill their segments."""
    workshop = content.load(content.bundled())
    for segment in workshop.segments:
        seconds = [slide.planned and slide.planned // SECOND for slide in segment.slides]
        assert seconds == [None if segment.steps else _rule_of_thumb(slide.notes) for slide in segment.slides]
        assert segment.steps or sum(filter(None, seconds)) * SECOND == segment.planned
    skipped = {segment.id: sum(slide.optional for slide in segment.slides) for segment in workshop.segments}
    assert skipped == {"role": 3, "resources": 13, "cases": 0, "video": 0, "summary": 1}


def _rule_of_thumb(notes: str) -> int:
    """The seconds of 「目安 1分30秒」."""
    found = re.match("目安 (?:([0-9]+)分)?(?:([0-9]+)秒)?", notes)
    assert found
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def test_bundled_lecture_compares_in_a_round() -> None:
    """In the summary three groups present, within the comparison's six minutes; the cases expect six rows."""
    workshop = content.load(content.bundled())
    assert [segment.round for segment in workshop.segments[:4]] == [None] * 4
    assert workshop.segments[4].round == Round(3, Millis(60 * SECOND), Millis(30 * SECOND))
    assert [case.expected_rows for case in workshop.cases] == [6, 6]


def test_bundled_lecture_has_nothing_to_mend() -> None:
    """Every slide fits, and everything else is right too."""
    assert content.check(content.bundled()) == ()


def test_values_as_written(small: Path) -> None:
    """Numbers become durations, what YAML would take for a number or a date stays text, defaults are filled in."""
    edit(small, C, "年齢: 48", "年齢: 048\n  日: 2026-01-01\n  はい: yes\n  なし:")
    workshop = content.load(small)
    assert [(fact.label, fact.value) for fact in workshop.cases[0].profile] == [
        ("年齢", "048"),
        ("日", "2026-01-01"),
        ("はい", "yes"),
        ("なし", ""),
    ]
    opening, work = workshop.segments
    assert (opening.planned, opening.at_least, work.at_least) == (10 * MINUTE, 5 * MINUTE, 20 * MINUTE)
    assert [step.planned for step in work.steps] == [5 * MINUTE, 15 * MINUTE]
    assert workshop.language == "ja"
    assert workshop.cases[0].rehearsal == ({"name": "職安", "whom": "本人"},)


def test_a_model_answer_is_read_like_rows(small: Path) -> None:
    """Those that a case has; none is needed."""
    assert content.load(small).cases[0].model == ()
    edit(small, C, "rehearsal:", "model:")
    case = content.load(small).cases[0]
    assert (case.model, case.rehearsal) == (({"name": "職安", "whom": "本人"},), ())


def test_choices_say_what_they_draw(small: Path) -> None:
    """A word a choice; without them nothing is said. The bundled cases tell person and family apart."""
    assert content.load(small).cases[0].columns[1].ecomap == ()
    edit(small, C, "choices: [本人, 家族]", "choices: [本人, 家族, 他], ecomap: [person, family, none]")
    assert content.load(small).cases[0].columns[1].ecomap == ("person", "family", "none")
    for case in content.load(content.bundled()).cases:
        assert case.columns[2].ecomap == ("person", "family", "none")


def test_round_and_rows(small: Path) -> None:
    """A round of presentations may fill its segment; a case says how many rows a sheet is expected to have."""
    assert (content.load(small).segments[0].round, content.load(small).cases[0].expected_rows) == (None, 5)
    edit(small, W, "at_least: 5", "round: {groups: ３, talk_seconds: 200, comment_seconds: 0}")
    edit(small, C, "columns:", "rows: 200\ncolumns:")
    workshop = content.load(small)
    assert workshop.segments[0].round == Round(3, Millis(200 * SECOND), Millis(0))
    assert workshop.cases[0].expected_rows == 200


def test_bom_windows_lines_and_full_width_digits(small: Path) -> None:
    """What Japanese editors on Windows write is read as it is meant."""
    plain = content.load(small)
    edit(small, W, "minutes: 30", "minutes: ３０")
    edit(small, W, "minutes: 10", "minutes: １0")
    for name in FILES:
        path = small / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_text(encoding="utf-8").replace("\n", "\r\n").encode())
    assert content.load(small) == plain


def test_escapes_are_cleaned(small: Path) -> None:
    """Sequences that would steer a terminal do not come through, not even written as escapes."""
    edit(small, W, "title: 小さな研修", r'title: "a\e[31mb\u202ec\u0007"')
    edit(small, S, "本文", "本&#27;[2J文&#x202e;")
    workshop = content.load(small)
    assert workshop.title == "abc"
    assert "\x1b" not in str(workshop.segments[0].slides)
    assert "\u202e" not in str(workshop.segments[0].slides)


@pytest.mark.parametrize(
    ("written", "has_video", "video"),
    [
        ("", False, None),
        ("video:", True, None),
        ("video: https://example.org/v", True, "https://example.org/v"),
        ("video: clips/a.mp4", True, "{root}/clips/a.mp4"),
    ],
)
def test_video(small: Path, written: str, has_video: bool, video: str | None) -> None:
    """A video is none, one the facilitator brings, an address, or a file of the workshop by its full path."""
    (small / "clips").mkdir()
    (small / "clips/a.mp4").write_bytes(b"")
    edit(small, W, "    title: はじめに", f"    title: はじめに\n    {written}")
    segment = content.load(small).segments[0]
    assert segment.has_video == has_video
    assert segment.video == (video and video.format(root=small.resolve()))


def test_only_what_is_needed(tmp_path: Path) -> None:
    """A segment without slides is enough for a workshop."""
    path = tmp_path / "one.yaml"
    path.write_text("id: a\ntitle: A\nminutes: 5\nsegments: [{id: s, title: S, minutes: 5}]\n", encoding="utf-8")
    workshop = content.load(path)
    assert (workshop.segments[0].slides, workshop.cases, workshop.catalogue.resources) == ((), (), ())


def test_named_by_file_or_folder(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, the file, the file from within its folder: all are the same workshop."""
    expected = content.load(small)
    assert content.load(small / "agenda") == expected
    monkeypatch.chdir(small / "agenda")
    assert content.load(Path("workshop.yaml")) == expected
    monkeypatch.chdir(small)
    assert content.load(Path("agenda/workshop.yaml")) == expected
    assert content.load(Path()) == expected
    (small / W).rename(small / "agenda/mine.yaml")
    (small / "agenda/broken.yaml").write_bytes(b"\xff")
    assert content.load(small) == expected
    (small / "agenda/other.yaml").write_text("segments: []", encoding="utf-8")
    with pytest.raises(content.ContentError):
        content.load(small)


def test_workshop_beside_its_files(small: Path) -> None:
    """Without a folder called agenda, paths start from the folder of the file."""
    (small / W).rename(small / "workshop.yaml")
    assert content.load(small).title == "小さな研修"


def test_places_count_in_the_path_as_given(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems name files the way the person named the workshop; slides name theirs within the workshop."""
    edit(small, C, "title:", "titel:")
    monkeypatch.chdir(small)
    assert [problem.file for problem in content.check(Path("agenda/workshop.yaml"))] == [C]
    monkeypatch.chdir(small / "agenda")
    assert [problem.file for problem in content.check(Path("workshop.yaml"))] == [f"../{C}"]
    edit(small, C, "titel:", "title:")
    assert content.load(small).segments[0].slides[0].file == S


_YAML_LIKE = st.text(alphabet="ab:-[]{}&*!|>'\"#?%@`, \n\t\r\x0b\x1b\x85あ１\ufeff\U0001f600", max_size=80)


def _only_content_errors(name: str, data: bytes) -> None:
    # Anything but a ContentError fails the test.
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder))
        (root / name).write_bytes(data)
        problems: tuple[content.Problem, ...] = ()
        try:
            content.load(root)
        except content.ContentError as error:
            problems = error.problems
        assert all(problem.message and "\n" not in str(problem) for problem in problems)
        # As many as `load` tells, at least: `check` also measures slides.
        assert set(problems) <= set(content.check(root))


@given(st.sampled_from(tuple(FILES)), st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    """Whatever stands in a file, it is a workshop or a list of problems."""
    _only_content_errors(name, data)


@given(st.sampled_from(tuple(FILES)), _YAML_LIKE | st.text(max_size=80))
def test_any_text(name: str, text: str) -> None:
    """The same for text that looks a little like YAML or Markdown."""
    _only_content_errors(name, text.encode("utf-8", "surrogatepass"))


@given(st.sampled_from(tuple(FILES)), st.data(), _YAML_LIKE)
def test_any_slip_in_a_right_file(name: str, data: st.DataObject, text: str) -> None:
    """The same when something is typed anywhere into a file that was right."""
    at = data.draw(st.integers(0, len(FILES[name])))
    cut = data.draw(st.integers(0, 20))
    _only_content_errors(name, (FILES[name][:at] + text + FILES[name][at + cut :]).encode())
