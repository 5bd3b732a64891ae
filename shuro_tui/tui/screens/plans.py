"""How to be on time again: the plans that are ready, each before and after, one of them accepted with Enter."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from shuro_tui.core.commands import Replan
from shuro_tui.core.model import Millis
from shuro_tui.core.plaintext import countdown, cut, lateness_words, pad
from shuro_tui.core.replan import Plan, plans, saves
from shuro_tui.core.sheet import clean
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.quick import Dialog
from shuro_tui.tui.widgets.page import page

Looked = Callable[[], tuple[FacilitatorView, Millis]]
"""The session as it stands, and the moment."""

_TITLE_WIDTH = 34
_SECOND = 1.0


class Plans(Dialog[Replan | None]):
    """The plans, worked out anew each second: what is accepted is what is seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q", "dismiss(None)"),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
    ]

    def __init__(self, look: Looked) -> None:
        super().__init__()
        self._look = look
        self._plans: tuple[Plan, ...] = ()

    def compose(self) -> ComposeResult:
        """The list, and what the plan under the bar would change."""
        with Vertical(classes="dialog wide tall"):
            yield Static(_("How to end on time"), classes="title")
            yield OptionList(id="plans")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text")
            yield Static(
                _("Up, Down: choose   PgDn: read on   Enter: accept (U takes it back)   Esc: back"), classes="hint"
            )

    def on_mount(self) -> None:
        """Show them, and keep them true."""
        self.again()
        self.set_interval(_SECOND, self.again)

    def on_option_list_option_highlighted(self) -> None:
        """Show what it would change."""
        self._preview()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Accept it."""
        plan = next((plan for plan in self._plans if plan.kind == event.option_id), None)
        self.dismiss(None if plan is None else Replan(plan.kind, plan.skip, plan.presenting))

    def action_page(self, step: int) -> None:
        """A page on in the preview, or back."""
        page(self.query_one("#preview"), step)

    def again(self) -> None:
        """Work them out for this moment."""
        view, now = self._look()
        self._plans = plans(view.timeline, view.workshop, now)
        listed = self.query_one(OptionList)
        titles = [(plan.kind, _title(plan, view, now)) for plan in self._plans]
        if [option.id for option in listed.options] != [kind for kind, _words in titles]:
            listed.clear_options()
            listed.add_options(Option(Content(words), id=kind) for kind, words in titles)
            listed.highlighted = 0 if titles else None
        else:
            for kind, words in titles:
                listed.replace_option_prompt(kind, Content(words))
        self._preview()

    def _preview(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        view, now = self._look()
        text = Content(_("There is nothing to plan: the session does not run."))
        if highlighted is not None and highlighted < len(self._plans):
            text = preview(self._plans[highlighted], view, now)
        self.query_one("#preview-text", Static).update(text)


def _title(plan: Plan, view: FacilitatorView, now: Millis) -> str:
    match plan.kind:
        case "skip":
            time = countdown(plan.saved)
            return _("Skip {n} optional slides (saves {time})").format(n=len(plan.skip), time=time)
        case "fewer":
            return _("Fewer groups present: {rounds}").format(rounds=_(", ").join(_rounds(plan, view)))
        case _:
            late = view.timeline.lateness(now) > 0
            return _("Shorten what is ahead, none below its floor") if late else _("Share out the time left")


def _rounds(plan: Plan, view: FacilitatorView) -> list[str]:
    words = []
    for segment, groups in plan.presenting.items():
        planned = view.workshop.segments[segment].round
        before = view.timeline.presenting.get(segment, planned.groups if planned else groups)
        saved = countdown(Millis((before - groups) * (planned.each if planned else 0)))
        words.append(_("{before} to {after} (saves {time})").format(before=before, after=groups, time=saved))
    return words


def preview(plan: Plan, view: FacilitatorView, now: Millis) -> Content:
    """Each segment from here on before and after, what is left out, and the end."""
    timeline, workshop = view.timeline, view.workshop
    lines = [Content.styled(_row(_("Time left"), _("now"), _("then"), _("at least")), "$foreground-muted")]
    for number in timeline.ahead:
        used = timeline.used(number, now)
        before, after = countdown(timeline.left_in(number, now)), countdown(Millis(plan.lengths[number] - used))
        title = f"{number + 1} {clean(workshop.segments[number].title)}"
        row = _row(title, before, after, countdown(Millis(max(timeline.floors[number] - used, 0))))
        lines.append(Content.styled(row, "bold" if before != after else ""))
    before, after = lateness_words(timeline.lateness(now)), lateness_words(plan.late)
    lines.append(Content.styled(_("End: {before}, then {after}").format(before=before, after=after), "bold"))
    for place in plan.skip:
        segment, slide = place
        saved = countdown(saves(timeline, workshop, place))
        title = clean(workshop.segments[segment].slides[slide].title)
        words = _("skipped: {segment}-{slide} {title} ({time})")
        lines.append(Content(words.format(segment=segment + 1, slide=slide + 1, title=title, time=saved)))
    return Content("\n").join(lines)


def _row(title: str, *figures: str) -> str:
    return pad(cut(title, _TITLE_WIDTH), _TITLE_WIDTH) + "".join(" " * (11 - cell_len(one)) + one for one in figures)
