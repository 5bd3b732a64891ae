"""Turning pages of what scrolls."""

from textual.widget import Widget


def page(shown: Widget, step: int) -> None:
    """A page on, or back."""
    shown.scroll_page_down(animate=False) if step > 0 else shown.scroll_page_up(animate=False)
