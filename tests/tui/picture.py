"""What a person would see, as plain text."""

from typing import Any

from textual.app import App


def text_of(app: App[Any]) -> str:
    """The lines of the screen on top, without colours; trailing blanks cut."""
    height = app.size.height
    lines = app.screen._compositor.render_strips()
    shown = ["".join(segment.text for segment in strip).rstrip() for strip in lines[:height]]
    return "\n".join(shown) + "\n"
