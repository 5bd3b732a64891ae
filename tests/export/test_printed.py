"""The report as PDF, opened by poppler; and what is said where there can be none."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from click.testing import CliRunner, Result

from shuro_tui import cli
from shuro_tui.errors import Mend
from shuro_tui.export import FORMATS, makeable, printed, write
from shuro_tui.store import Store
from tests.export.exported import export
from tests.export.test_export import HOSTILE
from tests.export.test_other_programs import needs, run
from tests.export.test_webpage import hostile, many
from tests.export.written_session import evening, typed
from tests.process.verbs import shuro_tui

needs_library = pytest.mark.skipif(bool(printed.lacking()), reason=printed.lacking())
INVISIBLE = "[\u200b\u2060\\s]"


@pytest.fixture
def tried_anew() -> Iterator[None]:
    """Look for the library and its fonts in this test, and again after it."""
    printed._without_font.cache_clear()
    yield
    printed._without_font.cache_clear()


def paper(folder: Path, data: bytes, *options: str) -> str:
    """The PDF's text as poppler reads it."""
    (folder / "report.pdf").write_bytes(data)
    return run("pdftotext", *options, folder / "report.pdf", "-")


@needs_library
@needs("pdftotext", "pdffonts", "pdfinfo")
def test_the_japanese_is_in_the_pdf_with_its_font(tmp_path: Path) -> None:
    """It can be found and copied, every font is embedded, and screen readers have its tags and its title."""
    text = paper(tmp_path, export(evening(), "pdf"))
    for words in (
        "地域の就労支援機関と役割",
        "技術向上研修 基礎",
        "専門窓口での職業相談",
        "障害者就業・生活支援センター",
    ):
        assert words in text
    fonts = run("pdffonts", tmp_path / "report.pdf").splitlines()[2:]
    assert fonts
    assert all(re.search(r"yes yes yes +\d+ +\d+$", font) for font in fonts)
    told = run("pdfinfo", tmp_path / "report.pdf")
    assert re.search(r"Title: +地域の就労支援機関と役割", told)
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"JavaScript: +no", told)


@needs_library
@needs("pdftotext", "pdfinfo")
def test_whatever_is_typed_is_text_in_the_pdf(tmp_path: Path) -> None:
    """Nothing of it becomes a link, a script or a fetch; a word of 2,000 letters is there to the last, on the page."""
    data = export(hostile(), "pdf")
    text = paper(tmp_path, data, "-layout")
    bare = re.sub(INVISIBLE, "", text)
    for typed_text in (HOSTILE[0], HOSTILE[1], HOSTILE[6], "]]>", HOSTILE[8]):
        assert re.sub(INVISIBLE, "", typed_text) in bare
    assert text.count("W") >= 2 * 2_000
    assert "http://example.com" not in run("pdfinfo", "-url", tmp_path / "report.pdf")
    assert b"/JavaScript" not in data


@needs_library
@needs("pdftotext")
def test_lines_end_between_phrases(tmp_path: Path) -> None:
    """A content that takes several lines is broken where BudouX breaks it."""
    content = "ハローワークの専門窓口で職業相談をして、求人の開拓とトライアル雇用を進める。" * 3
    text = paper(tmp_path, export(typed([{"organisation": "社協", "content": content}]), "pdf"))
    lines = [line for line in text.splitlines() if line and line in content]
    assert len(lines) > 3
    assert all(line.endswith(("の", "で", "を", "して、", "と", "進める。")) for line in lines)


@needs_library
@needs("pdfinfo", "pdftotext")
def test_fifty_groups_are_printed_across(tmp_path: Path) -> None:
    """On A4, with every group in the heads of the matrix."""
    heads = paper(tmp_path, export(many(50), "pdf"), "-layout")
    assert all(f"{number}班" in heads for number in range(1, 51))
    sizes = set(re.findall(r"size: +([\d.]+ x [\d.]+)", run("pdfinfo", "-l", "999", tmp_path / "report.pdf")))
    assert sizes == {"595.276 x 841.89", "841.89 x 595.276"}


class KeptOut:
    """In front of what finds modules: WeasyPrint cannot be imported."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def find_spec(self, name: str, *_where: Any) -> None:
        """Refuse that one alone."""
        if name == "weasyprint":
            raise self._error


@pytest.mark.usefixtures("tried_anew")
@pytest.mark.parametrize(
    ("error", "hint"),
    [(ImportError("no weasyprint"), "pip install 'shuro-tui[pdf]'"), (OSError("no libpango"), "libpango")],
)
def test_what_is_lacking_is_said_and_the_rest_is_written(
    error: Exception, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 2 when a PDF was asked for; without asking, there is all but it."""
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [KeptOut(error), *sys.meta_path])
    create_session(tmp_path)
    asked = exported(tmp_path, "--format", "pdf", "--format", "csv")
    assert asked.exit_code == 2
    assert hint in asked.output
    assert (tmp_path / "out" / "answers.csv").exists()
    assert not (tmp_path / "out" / "report.pdf").exists()
    assert exported(tmp_path).exit_code == 0
    assert makeable() == tuple(each for each in FORMATS if each != "pdf")
    with pytest.raises(Mend):
        write(evening(), tmp_path / "other", ["pdf"])


def create_session(data: Path) -> None:
    """The evening, among the sessions of a data folder."""
    Store.create(data / "sessions", evening()).close()


def exported(data: Path, *options: str) -> Result:
    """`export`, in this process."""
    return CliRunner().invoke(cli.shuro_tui, ["export", "--out", str(data / "out"), "--data", str(data), *options])


@needs_library
@pytest.mark.skipif(sys.platform != "linux", reason="takes fonts away with fontconfig")
def test_without_a_japanese_font_the_rest_is_written(tmp_path: Path) -> None:
    """On a machine with Latin letters alone: exit status 2, which font to install, and the other format."""
    create_session(tmp_path)
    (tmp_path / "fonts").mkdir()
    latin = next(iter(Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), None)
    if latin is not None:
        shutil.copy(latin, tmp_path / "fonts")
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    out = ("--out", tmp_path / "out", "--format", "pdf", "--format", "csv")
    done = shuro_tui("export", *out, data=tmp_path, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert done.returncode == 2
    assert "fonts-noto-cjk" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["answers.csv"]


@needs_library
@pytest.mark.skipif(sys.platform == "win32", reason="interrupts with a POSIX signal")
def test_who_interrupts_the_pdf_keeps_the_other_files(tmp_path: Path) -> None:
    """They are written and named before it is begun; no part of it stays behind."""
    create_session(tmp_path)
    out, export = tmp_path / "out", [sys.executable, "-m", "shuro_tui", "export", "--data", str(tmp_path)]
    with subprocess.Popen([*export, "--out", str(out)], stdout=PIPE, stderr=PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "report.pdf" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        named = process.stdout.read().split()
    assert process.returncode == 1
    assert sorted(named) == sorted(str(path) for path in out.iterdir())
    assert {"sheets.xlsx", "report.html", "session.json"} <= {path.name for path in out.iterdir()}
    assert not (out / "report.pdf").exists()
    assert json.loads((out / "session.json").read_text("utf-8"))["session"] == "evening"
