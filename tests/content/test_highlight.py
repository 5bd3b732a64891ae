"""Code in runs of one kind."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuro_tui.content.highlight import highlighted
from shuro_tui.core.blocks import Kind, Run


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("python", "@a\ndef f(x): return not 1  # 就労", [("@a", "name"), ("def", "keyword"), ("f", "name")]),
        ("python", "class A: x = '支援'", [("class", "keyword"), ("A", "name"), ("'支援'", "string")]),
        ("Python", "x and 0x1F  # 就労", [("and", "keyword"), ("0x1F", "number"), ("# 就労", "comment")]),
        ("yaml", "minutes: 10 # 分", [("minutes", "name"), ("# 分", "comment")]),
        (
            "json",
            '{"分": [1, "二", true]}',
            [('"分"', "name"), ("1", "number"), ('"二"', "string"), ("true", "keyword")],
        ),
        ("sh", "# 始める\nif true; then", [("# 始める\n", "comment"), ("if", "keyword")]),
    ],
)
def test_kinds_of_code(language: str, text: str, kinds: list[tuple[str, Kind]]) -> None:
    """Words of the language, what is defined, literals and comments are told from the rest."""
    told = [(run.text, run.kind) for run in highlighted(text, language) if run.kind != "text"]
    assert told[: len(kinds)] == kinds


@pytest.mark.parametrize("language", ["", "unknown", "text", "../x", "就労"])
def test_no_language_is_one_plain_run(language: str) -> None:
    """Without a language, or with one that nobody knows, nothing is told from the rest."""
    assert highlighted("def f():\n  return 1", language) == (Run("def f():\n  return 1"),)


@given(
    st.text("def class return ''\"\"#/*<>{}[]:-=0123就労支援\t\n \\", max_size=80),
    st.sampled_from(
        ["python", "yaml", "json", "sh", "html", "javascript", "css", "sql", "c", "console", "diff", "make"]
    ),
)
@settings(deadline=None, max_examples=150)
def test_runs_are_the_code(text: str, language: str) -> None:
    """Whatever the code, every character of it stands in the runs, in order; no two neighbours are of one kind."""
    runs = highlighted(text, language)
    assert "".join(run.text for run in runs) == text
    assert all(one.kind != other.kind for one, other in pairwise(runs))


def test_pygments_is_loaded_only_for_code() -> None:
    """A workshop without blocks of code starts without it."""
    code = (
        "import sys; from pathlib import Path; from shuro_tui import content; "
        "content.load(content.bundled()); sys.exit('pygments' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
