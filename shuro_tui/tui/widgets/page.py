"""Turning pages of what scrolls, and telling that there are more."""

from textual.widget import Widget
from textual.widgets import ContentSwitcher

from shuro_tui.i18n import _
from shuro_tui.tui.keys import key_name


def page(shown: Widget, steps: int) -> None:
    """So many pages on, or back."""
    shown.scroll_relative(y=steps * shown.scrollable_content_region.height, animate=False)


def more_below(key: str) -> str:
    """That something goes on below, and the key that leads there."""
    return _("More below: {key}").format(key=key_name(key))


def mark_more(pane: Widget, key: str, *scrolled: Widget) -> None:
    """Have a pane say in its border while what is shown in it goes on below.

    scrolled: what may be shown in it; key: turns its pages.
    """

    def tell() -> None:
        below = any(one.display and one.scroll_y < one.max_scroll_y for one in scrolled)
        words = more_below(key) if below else ""
        if words != (pane.border_subtitle or ""):  # setting it paints all of the pane anew
            pane.border_subtitle = words

    def tell_later() -> None:  # in the middle of a layout the sizes do not yet go together
        pane.call_after_refresh(tell)

    for one in scrolled:
        for what in ("virtual_size", "scroll_y", "show_vertical_scrollbar"):
            pane.watch(one, what, tell_later)
    if isinstance(pane, ContentSwitcher):
        pane.watch(pane, "current", tell_later)
