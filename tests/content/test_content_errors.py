"""Every slip in a workshop's files is told with its file, line and column."""

import os
from pathlib import Path

import pytest
import yaml

from shuro_tui import content, i18n
from shuro_tui.content import keys, tree
from tests.content.small_workshop import FILES, edit, told, write

W, S, R, C = FILES
WORKSHOP_KEYS = ", ".join(keys.WORKSHOP)

# File, what is replaced, by what, and what is told.
SLIPS: list[tuple[str, str, str, list[str]]] = [
    (W, "title: 小", "titel: 小", ["agenda/workshop.yaml:2:1: 'titel' is not known here (did you mean title?)"]),
    (W, "segments:", "segmetns:", ["agenda/workshop.yaml:5:1: 'segmetns' is not known here (did you mean segments?)"]),
    (W, "title: 小さな研修\n", "", ["agenda/workshop.yaml:1:1: 'title' is missing (e.g. title: Working together)"]),
    (W, "小さな研修", "", ["agenda/workshop.yaml:2:1: title is blank"]),
    (W, "小さな研修", '" "', ["agenda/workshop.yaml:2:8: title is blank"]),
    (W, "小さな研修", "[a, b]", ["agenda/workshop.yaml:2:8: title must be text"]),
    (
        W,
        "id: small",
        "id: 小さな",
        ["agenda/workshop.yaml:1:5: an id has letters a to z, digits, - and _, 64 at most (id: my-workshop)"],
    ),
    (
        W,
        "id: small",
        "colour: red\nid: small",
        [f"agenda/workshop.yaml:1:1: 'colour' is not known here ({WORKSHOP_KEYS})"],
    ),
    (W, "id: work", "id: opening", ["agenda/workshop.yaml:11:9: the id 'opening' stands in line 6 already"]),
    (W, "title: 小", "title: a\ntitle: 小", ["agenda/workshop.yaml:3:1: 'title' stands here a second time"]),
    (W, "minutes: 30", "minutes: 0", ["agenda/workshop.yaml:3:10: minutes must be from 1 to 1440"]),
    (W, "minutes: 30", "minutes: -5", ["agenda/workshop.yaml:3:10: minutes must be from 1 to 1440"]),
    (
        W,
        "minutes: 30",
        "minutes: 7.5",
        ["agenda/workshop.yaml:3:10: minutes must be a whole number (minutes: 10)"],
    ),
    (
        W,
        "minutes: 30",
        "minutes: 30分",
        ["agenda/workshop.yaml:3:10: minutes must be a whole number (minutes: 10)"],
    ),
    (
        W,
        "minutes: 30",
        "minutes: [30]",
        ["agenda/workshop.yaml:3:10: minutes must be a whole number (minutes: 10)"],
    ),
    (
        W,
        "minutes: 30",
        "minutes:",
        ["agenda/workshop.yaml:3:1: minutes must be a whole number (minutes: 10)"],
    ),
    (W, "minutes: 30", "minutes: 9999", ["agenda/workshop.yaml:3:10: minutes must be from 1 to 1440"]),
    (W, "minutes: 30", "minutes: 40", ["agenda/workshop.yaml:3:10: the parts add up to 30 minutes, the whole has 40"]),
    (W, "minutes: 15", "minutes: 14", ["agenda/workshop.yaml:16:7: the parts add up to 19 minutes, the whole has 20"]),
    (W, "at_least: 5", "at_least: 11", ["agenda/workshop.yaml:9:15: at_least is more than the segment's 10 minutes"]),
    (W, "agenda/slides.md", "agenda/none.md", ["agenda/workshop.yaml:10:13: agenda/none.md: there is no such file"]),
    (W, "agenda/slides.md", "../x.md", ["agenda/workshop.yaml:10:13: ../x.md: this path leaves the workshop's folder"]),
    (
        W,
        "agenda/slides.md",
        "/etc/hostname",
        ["agenda/workshop.yaml:10:13: /etc/hostname: this path leaves the workshop's folder"],
    ),
    (W, "agenda/slides.md", "agenda", ["agenda/workshop.yaml:10:13: agenda: this is not a file"]),
    (W, "cases/case1.yaml", "cases/none.yaml", ["agenda/workshop.yaml:14:13: cases/none.yaml: there is no such file"]),
    (W, "[cases/case1.yaml]", "cases/case1.yaml", ["agenda/workshop.yaml:14:12: cases must be a list ([…])"]),
    (W, "[cases/case1.yaml]", "[cases/case1.yaml, {a: b}]", ["agenda/workshop.yaml:14:31: cases must be text"]),
    (W, "id: small", "id: small\nlanguage: fr", ["agenda/workshop.yaml:2:11: language must be one of: ja, en"]),
    (
        W,
        "  - id: opening",
        "  - opening\n  - id: opening",
        ["agenda/workshop.yaml:6:5: fields must be here, such as id: opening"],
    ),
    (
        W,
        "segments:",
        "segments: []\nmine:",
        [
            f"agenda/workshop.yaml:5:11: segments is empty (e.g. {keys.WORKSHOP['segments']})",
            f"agenda/workshop.yaml:6:1: 'mine' is not known here ({WORKSHOP_KEYS})",
        ],
    ),
    (
        W,
        "segments:",
        "segments:\nmine:",
        [
            f"agenda/workshop.yaml:5:1: segments is empty (e.g. {keys.WORKSHOP['segments']})",
            f"agenda/workshop.yaml:6:1: 'mine' is not known here ({WORKSHOP_KEYS})",
        ],
    ),
    (W, "id: small", "id: &a small", ["agenda/workshop.yaml:1:5: anchors (&a) are not used here"]),
    (
        W,
        "title: 小",
        "course: *a\ntitle: 小",
        ["agenda/workshop.yaml:2:9: aliases (*a) are not used here; write the value again"],
    ),
    (W, "id: small", "id: !!str small", ["agenda/workshop.yaml:1:5: tags (!!str) are not used here"]),
    (
        W,
        "id: small",
        "--- \nid: small\n---\n",
        ["agenda/workshop.yaml:3:1: a second document begins here; a file holds one"],
    ),
    (W, "    title: はじめに", "\ttitle: はじめに", ["agenda/workshop.yaml:7:1: a tab stands where spaces must be"]),
    (
        W,
        "id: small",
        "id: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        ["agenda/workshop.yaml:1:25: this is nested more than 20 levels deep"],
    ),
    (
        W,
        "id: small",
        "? [a]\n: b\nid: small",
        ["agenda/workshop.yaml:1:3: fields must be here, such as id: my-workshop"],
    ),
    (W, "小さな", "小\x1bさな", ["agenda/workshop.yaml:2:9: a control character (U+001B) stands here"]),
    (
        W,
        "id: opening",
        "id: opening\n    video: clip.mp4",
        ["agenda/workshop.yaml:7:12: clip.mp4: there is no such file"],
    ),
    (
        R,
        "id: shakyo",
        "id: hw",
        [
            "agenda/resources.yaml:6:9: the id 'hw' stands in line 2 already",
            "agenda/resources.yaml:11:18: no resource has the id 'shakyo'",
        ],
    ),
    (R, "name: 社会福祉協議会", "name: HW", ["agenda/resources.yaml:7:11: the name 'HW' stands in line 4 already"]),
    (R, "name: 協議会", "name: 職安", ["agenda/resources.yaml:10:11: the name '職安' stands in line 4 already"]),
    (
        W,
        "at_least: 5",
        "round: {groups: 4, talk_seconds: 120, comment_seconds: 31}",
        ["agenda/workshop.yaml:9:12: the round takes 604 seconds, the segment has 600"],
    ),
    (
        W,
        "at_least: 5",
        "round: {groups: 100, talk_second: 60, comment_seconds: -1}",
        [
            "agenda/workshop.yaml:9:21: groups must be from 1 to 99",
            "agenda/workshop.yaml:9:26: 'talk_second' is not known here (did you mean talk_seconds?)",
            "agenda/workshop.yaml:9:60: comment_seconds must be from 0 to 86400",
        ],
    ),
    (
        W,
        "at_least: 5",
        "round: {groups: x, talk_seconds: 0}",
        [
            "agenda/workshop.yaml:9:12: 'comment_seconds' is missing (e.g. comment_seconds: 30)",
            "agenda/workshop.yaml:9:21: groups must be a whole number (groups: 10)",
            "agenda/workshop.yaml:9:38: talk_seconds must be from 1 to 86400",
        ],
    ),
    (
        W,
        "at_least: 5",
        "round:",
        ["agenda/workshop.yaml:9:5: fields must be here, such as groups: 3"],
    ),
    (C, "columns:", "rows: 0\ncolumns:", ["cases/case1.yaml:6:7: rows must be from 1 to 200"]),
    (C, "columns:", "rows: 201\ncolumns:", ["cases/case1.yaml:6:7: rows must be from 1 to 200"]),
    (C, "columns:", "rows: many\ncolumns:", ["cases/case1.yaml:6:7: rows must be a whole number (rows: 10)"]),
    (R, "[shakyo]", "[shakio]", ["agenda/resources.yaml:11:18: no resource has the id 'shakio'"]),
    (R, "[shakyo]", "[]", ["agenda/resources.yaml:11:17: candidates is empty (e.g. candidates: [job-centre])"]),
    (
        R,
        "[shakyo]",
        "[shakyo, shakyo]",
        ["agenda/resources.yaml:11:26: the candidate 'shakyo' stands in line 11 already"],
    ),
    (
        R,
        "field: 地域",
        "field: 地域\n    origin: mine",
        ["agenda/resources.yaml:9:13: origin must be one of: source, addition"],
    ),
    (R, "field: 地域", "feild: 地域", ["agenda/resources.yaml:8:5: 'feild' is not known here (did you mean field?)"]),
    (R, "[職安, HW]", "職安", ["agenda/resources.yaml:4:14: aliases must be a list ([…])"]),
    (
        C,
        "kind: organisation",
        "kind: organization",
        ["cases/case1.yaml:7:33: kind must be one of: organisation, text, choice"],
    ),
    (C, ", choices: [本人, 家族]", "", ["cases/case1.yaml:8:5: 'choices' is missing (e.g. choices: [Person, Family])"]),
    (
        C,
        "[本人, 家族]",
        "[本人, 家族], ecomap: [person]",
        ["cases/case1.yaml:8:69: ecomap has 1 words for 2 choices: one for each (ecomap: [person, family])"],
    ),
    (
        C,
        "[本人, 家族]",
        "[本人, 家族], ecomap: [person, familie]",
        [
            "cases/case1.yaml:8:77: ecomap must be one of: person, family, stress, strong, weak, ordinary, in, out, "
            "both, none"
        ],
    ),
    (
        C,
        "kind: organisation",
        "kind: organisation, ecomap: [person]",
        ["cases/case1.yaml:7:56: ecomap has 1 words for 0 choices: one for each (ecomap: [person, family])"],
    ),
    (C, "[本人, 家族]", "[本人, 本人]", ["cases/case1.yaml:8:55: the choice '本人' stands in line 8 already"]),
    (
        C,
        "kind: organisation",
        "kind: text, choices: [a]",
        [
            "cases/case1.yaml:7:49: only a column of the kind 'choice' has choices (kind: choice)",
            "cases/case1.yaml:10:12: '職安' is not among the choices (a)",
        ],
    ),
    (
        C,
        "id: whom",
        "id: name",
        [
            "cases/case1.yaml:8:10: the id 'name' stands in line 7 already",
            "cases/case1.yaml:10:12: '職安' is not among the choices (本人, 家族)",
            "cases/case1.yaml:10:16: 'whom' is not known here (name)",
        ],
    ),
    (C, "whom: 本人", "who: 本人", ["cases/case1.yaml:10:16: 'who' is not known here (did you mean whom?)"]),
    (C, "whom: 本人", "whom: 友人", ["cases/case1.yaml:10:22: '友人' is not among the choices (本人, 家族)"]),
    (
        C,
        "rehearsal:\n  - {name: 職安, whom: 本人}",
        "model:\n  - {name: 職安, whom: 友人}\n  - {nam: 職安}",
        [
            "cases/case1.yaml:10:22: '友人' is not among the choices (本人, 家族)",
            "cases/case1.yaml:11:6: 'nam' is not known here (did you mean name?)",
        ],
    ),
    (C, "年齢: 48", "- 年齢", ["cases/case1.yaml:4:3: profile must be lines of label: value"]),
    (C, "年齢: 48", "年齢: 48\n  年齢: 49", ["cases/case1.yaml:5:3: the label '年齢' stands in line 4 already"]),
    (C, "年齢: 48", "年齢: [4]", ["cases/case1.yaml:4:7: 年齢 must be text"]),
    (
        C,
        "question: 誰と連携しますか。\n",
        "",
        ["cases/case1.yaml:1:1: 'question' is missing (e.g. question: Whom do you work with, and how?)"],
    ),
    (
        S,
        "marp: true",
        "マープ",
        ["agenda/slides.md:2:1: the file begins with ---, so front matter must follow: lines of key: value"],
    ),
    (S, "<!-- 話す -->", "<!-- 話す", ["agenda/slides.md:9:1: this comment is not closed with -->"]),
    (S, "<!-- 話す -->", "本文 <!-- 話す", ["agenda/slides.md:9:1: this comment is not closed with -->"]),
    (
        S,
        "<!-- 話す -->",
        "<!-- 話す --> 本文",
        ["agenda/slides.md:9:1: a comment must stand in lines of its own, without other text"],
    ),
    (
        S,
        "<!-- 話す -->",
        "<div>x</div>",
        ["agenda/slides.md:9:1: HTML is not shown on slides: <div>x</div> (use Markdown)"],
    ),
    (
        S,
        "<!-- 話す -->",
        "本<b>文</b>",
        [
            "agenda/slides.md:9:1: HTML is not shown on slides: <b> (use Markdown)",
            "agenda/slides.md:9:1: HTML is not shown on slides: </b> (use Markdown)",
        ],
    ),
    (S, "- 項目\n", "- 項目\n\n---\n", ["agenda/slides.md:17:1: this slide is empty"]),
    (S, "<!-- 話す -->\n", "本文\n---\n", ["agenda/slides.md:10:1: an empty line is missing before ---"]),
    (S, "- 項目", "> - 項目", ["agenda/slides.md:15:1: a quote holds paragraphs, nothing else"]),
    (
        S,
        "- 項目",
        "- 項目\n\n      x",
        ["agenda/slides.md:17:1: an item holds text and one list below it, nothing else"],
    ),
    (S, "- 項目", "```\nx", ["agenda/slides.md:15:1: this block is not closed with ```"]),
    (
        S,
        "- 項目",
        "```map\n- a: b\n- c\n```",
        [
            "agenda/slides.md:16:1: the first line of a map is its centre",
            "agenda/slides.md:17:1: '- c' is not a field of a map (- field: a, b)",
        ],
    ),
    (S, "- 項目", "```map\n```", ["agenda/slides.md:15:1: this map is empty"]),
    (S, "- 項目", "```flow\na\n: b\n```", ["agenda/slides.md:17:1: this step has no title (- title: text)"]),
    (S, "- 項目", "```lanes\n- a\n```", ["agenda/slides.md:16:1: a lane begins with a line for its title"]),
    (S, "<!-- 話す -->", "<!-- seconds: 0 -->", ["agenda/slides.md:9:6: seconds must be from 1 to 86400"]),
    (S, "<!-- 話す -->", "<!-- seconds: 86401 -->", ["agenda/slides.md:9:6: seconds must be from 1 to 86400"]),
    (
        S,
        "<!-- 話す -->",
        "<!-- seconds: 1分 -->",
        ["agenda/slides.md:9:6: seconds must be a whole number (seconds: 10)"],
    ),
    (S, "<!-- 話す -->", "<!-- seconds -->", ["agenda/slides.md:9:6: seconds must be a whole number (seconds: 10)"]),
    (
        S,
        "<!-- 話す -->",
        "<!-- 90 seconds: -->\n<!-- optional: 省略可 -->",
        ["agenda/slides.md:10:6: optional must be one of: true, false"],
    ),
    (
        S,
        "<!-- 話す -->",
        "<!--\nseconds: 50\n  optional:\n-->\n\nx <!-- Seconds: 60 -->",
        [
            "agenda/slides.md:11:3: optional must be one of: true, false",
            "agenda/slides.md:14:8: 'seconds' stands here a second time",
        ],
    ),
    (
        S,
        "<!-- 話す -->",
        "> <!-- second: 90\n> option true -->",
        [
            "agenda/slides.md:9:8: 'second' is not known here (did you mean seconds?)",
            "agenda/slides.md:10:3: 'option' is not known here (did you mean optional?)",
        ],
    ),
    (
        S,
        "- 項目",
        "| a |\n| --- |\n| b <!-- seconds: x --> |",
        ["agenda/slides.md:17:10: seconds must be a whole number (seconds: 10)"],
    ),
    (
        S,
        "- 項目",
        "<!-- seconds: 300 -->\n\na\n\n---\n\n<!-- seconds: 301 -->\n\nb\n\n---\n\nc\n\n<!-- seconds: 9 -->",
        ["agenda/slides.md:21:1: the slides of 'はじめに' add up to 610 seconds, the segment has 600"],
    ),
    (S, "本文", "本\x0c文", ["agenda/slides.md:7:2: a control character (U+000C) stands here"]),
]

# The same where the words are those of a YAML parser: file, what is replaced, by what, and the place that is told.
SYNTAX = [
    (W, "title: 小さな研修", "title: 小: さな", "agenda/workshop.yaml:2:9:"),
    (W, "title: 小さな研修", "title: @x", "agenda/workshop.yaml:2:8:"),
    (W, "title: 小さな研修", "title: [小", "agenda/workshop.yaml:3:8:"),
    (W, "title: 小さな研修", 'title: "小', "agenda/workshop.yaml:18:1:"),
    (S, "marp: true\n---\n", "marp: true\n", "agenda/slides.md:8:1:"),
    (S, "marp: true", "marp: [a", "agenda/slides.md:3:1:"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a workshop that is right in everything."""
    i18n.use("en")
    return write(tmp_path / "small")


def test_nothing_to_mend(small: Path) -> None:
    """The workshop that the tests spoil is right as it stands."""
    assert content.check(small) == ()


@pytest.mark.parametrize(
    ("items", "line"), [("\n".join(f"{'  ' * level}- a" for level in range(30)), 35), ("1. " * 21 + "a", 15)]
)
def test_a_list_that_is_nested_too_deep_is_told(small: Path, items: str, line: int) -> None:
    """Markdown would lose what stands below."""
    edit(small, S, "- 項目", items)
    told_of = f"agenda/slides.md:{line}:1: this is nested more than 20 levels deep"
    assert told_of in told(small, content.check(small))
    with pytest.raises(content.ContentError) as refused:
        content.load(small)
    assert str(refused.value).replace(f"{small}/", "") == told_of


@pytest.mark.parametrize(("file", "old", "new", "lines"), SLIPS)
def test_place_and_words_of_a_slip(small: Path, file: str, old: str, new: str, lines: list[str]) -> None:
    """Each slip is told where it is, and nothing else is."""
    edit(small, file, old, new)
    assert told(small, content.check(small)) == lines
    with pytest.raises(content.ContentError) as refused:
        content.load(small)
    assert str(refused.value).replace(f"{small}/", "").split("\n") == lines


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(("file", "old", "new", "place"), SYNTAX)
def test_place_of_a_slip_of_syntax(
    small: Path, monkeypatch: pytest.MonkeyPatch, loader: object, file: str, old: str, new: str, place: str
) -> None:
    """Both parsers, the one in C and the one in Python, tell the same place."""
    monkeypatch.setattr(tree, "_LOADER", loader)
    edit(small, file, old, new)
    (line,) = told(small, content.check(small))
    assert line.startswith(f"{place} this is not YAML: ")


def test_all_files_are_told_at_once_in_order(small: Path) -> None:
    """Problems of several files come together, each file from top to bottom."""
    edit(small, W, "minutes: 30", "minutes: x")
    edit(small, W, "title: 小さな研修", "title:")
    edit(small, R, "field: 地域", "")
    edit(small, C, "id: case1", "id: 一")
    edit(small, S, "- 項目", "<i>")
    places = [f"{problem.file.removeprefix(f'{small}/')}:{problem.line}" for problem in content.check(small)]
    assert places == [f"{W}:2", f"{W}:3", f"{R}:6", f"{S}:15", f"{C}:1"]


def test_two_case_files_with_one_id(small: Path) -> None:
    """Two files of cases may not share an id."""
    (small / "cases/case2.yaml").write_text(FILES[C], encoding="utf-8")
    edit(small, W, "[cases/case1.yaml]", "[cases/case1.yaml, cases/case2.yaml]")
    (line,) = told(small, content.check(small))
    assert line == "cases/case2.yaml:1:5: the id 'case1' is taken; cases/case1.yaml has it too"


def test_same_files_in_two_segments(small: Path) -> None:
    """A case and a file of slides may stand in several segments."""
    edit(small, W, "    cases:", "    slides: agenda/slides.md\n    cases:")
    edit(small, W, "    slides:", "    cases: [cases/case1.yaml]\n    slides:")
    workshop = content.load(small)
    assert [segment.cases for segment in workshop.segments] == [("case1",), ("case1",)]
    assert [len(segment.slides) for segment in workshop.segments] == [2, 2]
    assert len(workshop.cases) == 1


def test_slides_are_measured_against_each_segment(small: Path) -> None:
    """A file of slides that two segments share must not take longer than the shorter one; the exact length fits."""
    edit(small, S, "<!-- 話す -->", "<!-- seconds: 600 -->")
    edit(small, W, "    cases:", "    slides: agenda/slides.md\n    cases:")
    assert content.check(small) == ()
    edit(small, S, "<!-- seconds: 600 -->", "<!-- seconds: 1201 -->")
    assert told(small, content.check(small)) == [
        f"{S}:5:1: the slides of '{title}' add up to 1201 seconds, the segment has {most}"
        for title, most in (("はじめに", 600), ("事例", 1200))
    ]


def test_a_link_may_not_lead_out(small: Path, tmp_path: Path) -> None:
    """A symbolic link to a file outside of the workshop is refused."""
    (tmp_path / "secret.md").write_text("# x", encoding="utf-8")
    (small / S).unlink()
    (small / S).symlink_to(tmp_path / "secret.md")
    assert told(small, content.check(small)) == [f"{W}:10:13: {S}: this path leaves the workshop's folder"]


def test_a_loop_of_links(small: Path) -> None:
    """Links that lead round in a circle are told."""
    (small / S).unlink()
    (small / S).symlink_to(small / S)
    (line,) = told(small, content.check(small))
    assert line.startswith(f"{W}:10:13: {S}: this file cannot be read")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this file is empty"),
        (b"# only a remark\n", "this file is empty"),
        (FILES[W].encode("cp932"), "this file is in Shift_JIS; save it as UTF-8"),
        (FILES[W].encode("euc_jp"), "this file is in EUC-JP; save it as UTF-8"),
        (FILES[W].encode("utf-16"), "this file is in UTF-16; save it as UTF-8"),
        (b"id: a\0b", "this is not a text file: it has NUL bytes"),
        (b"#" * 1_000_001, "this file is larger than 1000000 bytes"),
    ],
)
def test_a_file_that_is_no_text(small: Path, data: bytes, message: str) -> None:
    """What is wrong with a file as a whole has no line."""
    (small / W).write_bytes(data)
    assert told(small, content.check(small)) == [f"{W}: {message}"]


def test_bytes_that_are_no_utf_8(small: Path) -> None:
    """The first byte that is not UTF-8 has a place; its column counts letters."""
    (small / W).write_bytes("id: a\r\ntitle: 小".encode() + b"\xff\n")
    assert told(small, content.check(small)) == [f"{W}:2:9: this is not UTF-8 text; save it as UTF-8"]


def test_slides_and_cases_in_another_encoding(small: Path) -> None:
    """Files that the workshop names are looked at in the same way."""
    for name in (S, C):
        (small / name).write_bytes(FILES[name].encode("cp932"))
    assert told(small, content.check(small)) == [
        f"{S}: this file is in Shift_JIS; save it as UTF-8",
        f"{C}: this file is in Shift_JIS; save it as UTF-8",
    ]


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_empty_slides_and_cases(small: Path, text: str) -> None:
    """An empty file of slides or of a case is told."""
    for name in (S, C, R):
        (small / name).write_text(text, encoding="utf-8")
    lines = [f"{R}: this file is empty", f"{S}: this file is empty", f"{C}: this file is empty"]
    assert told(small, content.check(small)) == lines


SLIP = "{}:{}: '{}' is not known here (did you mean <!-- {} -->?)"
MIXED = "{}:{}: '{}' parts a slide only alone in a comment, in a line of its own (<!-- {} -->)"
IDLE = "{}:1: nothing stands before this pause, or nothing after it"
MISPLACED = [
    (
        "<!-- pause -->\n\n- a\n\n  <!-- pause -->",
        ["11:3: this comment parts a slide: it stands between blocks, not in one"],
    ),
    (
        "  <!-- colums -->\n\na",
        [SLIP.format(7, 3, "colums", "columns"), "7:3: these columns are not closed (<!-- /columns -->)"],
    ),
    ("<!-- pasue -->\n\na", [SLIP.format(7, 1, "pasue", "pause")]),
    ("<!--ｐａｕｓｅｓ-->\n\na", [SLIP.format(7, 1, "pauses", "pause")]),
    (
        "<!-- Columns -->\n\na\n\n<!-- colum -->\n\nb\n\n<!-- /column -->",
        [SLIP.format(11, 1, "colum", "column"), SLIP.format(15, 1, "/column", "/columns")],
    ),
    ("本文 <!-- pause -->", [MIXED.format(7, 9, "pause", "pause")]),
    ("pause <!-- pasue --> a", [MIXED.format(7, 12, "pause", "pause")]),
    ("- a <!-- Column -->", [MIXED.format(7, 10, "column", "column")]),
    (
        "<!-- pause --> a",
        ["7:1: a comment must stand in lines of its own, without other text", MIXED.format(7, 6, "pause", "pause")],
    ),
    ("<!-- pause ここで尋ねる -->", [MIXED.format(7, 6, "pause", "pause")]),
    ("<!-- Pause: ここで尋ねる -->", [MIXED.format(7, 6, "pause", "pause")]),
    ("> <!-- 話す\n>  columns\n> 以上 -->", [MIXED.format(8, 4, "columns", "columns")]),
    ("<!-- /columns\nseconds: 30 -->", [MIXED.format(7, 6, "/columns", "/columns")]),
    ("a\n\n<!-- pause -->\n<!-- 話す -->", [IDLE.format(9)]),
    ("a\n\n<!-- pause -->\n\n<!-- pause -->\n\nb", [IDLE.format(11)]),
    ("a\n\n<!-- pause -->\n\n<!-- pause -->", [IDLE.format(9), IDLE.format(11)]),
    ("---\n\n<!-- pause -->\n\na", [IDLE.format(9)]),
    ("<!-- columns -->\n\na", ["7:1: these columns are not closed (<!-- /columns -->)"]),
    ("<!-- column -->", ["7:1: no columns were begun here (<!-- columns -->)"]),
    ("<!-- /columns -->", ["7:1: no columns were begun here (<!-- columns -->)"]),
    (
        "<!-- columns -->\n\na\n\n<!-- /columns -->",
        ["7:1: columns have at least two parts, each with something in it (<!-- column -->)"],
    ),
    (
        "<!-- columns -->\n\na\n\n<!-- pause -->\n\n<!-- columns -->\n\n<!-- column -->\n\nb\n\n<!-- /columns -->",
        [
            "11:1: a pause stands before or after the columns, not in them",
            "13:1: columns stand in columns already (<!-- /columns -->)",
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MISPLACED)
def test_marks_in_the_wrong_place(small: Path, text: str, wanted: list[str]) -> None:
    """A mark that parts nothing is told with its line and what would be right."""
    edit(small, S, FILES[S], f"# 一\n\n---\n\n# 二\n\n{text}\n")
    assert told(small, content.check(small)) == [f"{S}:{problem}" for problem in wanted]


def test_slides_without_a_slide(small: Path) -> None:
    """Front matter alone is no slide, and front matter without an end is told."""
    (small / S).write_text("---\nmarp: true\n---\n", encoding="utf-8")
    assert told(small, content.check(small)) == [f"{S}: there is no slide in this file"]
    (small / S).write_text("---\nmarp: true\n\n# A\n", encoding="utf-8")
    assert f"{S}:1:1: the front matter is not closed with ---" in told(small, content.check(small))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(small: Path) -> None:
    """A file that may not be read is told."""
    (small / C).chmod(0)
    assert told(small, content.check(small)) == [f"{C}: this file may not be read: no permission"]


def test_a_pipe_is_not_waited_for(small: Path) -> None:
    """A pipe in the place of a file is refused, not read."""
    (small / W).unlink()
    os.mkfifo(small / W)
    assert told(small, content.check(small)) == [f"{W}: this is not a file"]


def test_a_workshop_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a path through a file and a folder without a workshop are told by their names."""
    i18n.use("en")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(content.ContentError):
        content.load(tmp_path)
    found = [*content.check(tmp_path / "no.yaml"), *content.check(tmp_path / "file/x"), *content.check(tmp_path)]
    assert told(tmp_path, tuple(found)) == [
        "no.yaml: there is no such file",
        "file/x: there is no such file: a part of its path is not a folder",
        f"{tmp_path}: there is no workshop in this folder (agenda/workshop.yaml)",
    ]


def test_words_in_japanese(small: Path) -> None:
    """The words are those of the language of the process."""
    i18n.use("ja")
    edit(small, W, "小さな研修", "")
    assert told(small, content.check(small)) == [f"{W}:2:1: titleに何も書かれていません"]


def test_a_slide_too_large_is_told_by_check_only(small: Path) -> None:
    """A slide that does not fit can be used; `check` tells its line, and by how many lines it is over at which size."""
    edit(small, S, "- 項目", "- 項目\n" * 40)
    assert told(small, content.check(small)) == [
        f"{S}:13:1: slide 2 of 'はじめに', 'つぎに', has too many lines: 24 at 80×24, 18 at 100×30, 12 at 120×36"
        " (part it in two with a line of ---)"
    ]
    assert content.load(small).segments[0].slides[1].line == 13
