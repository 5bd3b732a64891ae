"""Addresses of links, as they are written beside them."""

import pytest

from shuro_tui.core.blocks import Span
from shuro_tui.core.links import addresses


@pytest.mark.parametrize(
    ("text", "link", "address"),
    [
        ("資料", "https://example.jp/a/", "example.jp/a"),
        ("資料", "http://example.jp/?q=1&r=2#s", "example.jp/?q=1&r=2#s"),
        ("窓口", "MAILTO:a@example.jp", "a@example.jp"),
        ("資料", "handout.md", "handout.md"),
        ("図", "https://example.jp/%E5%B0%B1%e5%8a%b4%2F%20a", "example.jp/就労%2F%20a"),
        ("図", "https://example.jp/%FF%E5%B0", "example.jp/%FF%E5%B0"),
        ("図", "https://example.jp/%E3%80%80", "example.jp/%E3%80%80"),
        ("図", "https://example.jp/%E2%80%AEgpj", "example.jp/gpj"),
        ("入", "javascript:alert(1)", "javascript:alert(1)"),
        ("https://example.jp/", "https://example.jp", ""),
        ("example.jp", "https://example.jp/", ""),
        ("a@example.jp", "mailto:a@example.jp", ""),
        ("https://example.jp/就労", "https://example.jp/%E5%B0%B1%E5%8A%B4", ""),
        ("資料", "", ""),
    ],
)
def test_an_address_is_written_as_it_is_read(text: str, link: str, address: str) -> None:
    """Without its scheme, Japanese as Japanese; not again where the text is the address."""
    assert addresses((Span(text, link=link),)) == (address,)


def test_an_address_stands_once_after_the_whole_link() -> None:
    """A link of several styles has its address at its end; two links that touch have one each."""
    link, other = "https://a.jp", "https://b.jp"
    spans = (Span("前"), Span("本", link=link), Span("文", bold=True, link=link), Span("次", link=other), Span("後"))
    assert addresses(spans) == ("", "", "a.jp", "b.jp", "")
    assert addresses(()) == ()
