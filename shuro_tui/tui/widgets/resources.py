"""The catalogue of organisations to look things up in."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from shuro_tui.core.model import Catalogue, Resource
from shuro_tui.core.suggest import suggest
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.prose import Passage, Prose


class ResourceBrowser(Vertical):
    """A search, the names by field, and what is known of the one under the cursor."""

    class Chosen(Message):
        """Somebody wants that one on the sheet."""

        def __init__(self, resource: Resource) -> None:
            super().__init__()
            self.resource = resource

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(id="resources")
        self._catalogue = catalogue

    def compose(self) -> ComposeResult:
        """Search, list, detail."""
        yield Input(placeholder=_("Search by name, reading or short name"), compact=True, id="search")
        names = OptionList(compact=True, id="names")
        names.can_focus = False
        yield names
        with VerticalScroll(id="detail-pane", can_focus=False):
            yield Prose(id="detail")

    def on_mount(self) -> None:
        """All of them, until something is typed."""
        self._list("")

    def enter(self) -> None:
        """Ready to search."""
        self.query_one("#search", Input).focus()

    def move(self, step: int) -> None:
        """Another name."""
        names = self.query_one("#names", OptionList)
        names.action_cursor_down() if step > 0 else names.action_cursor_up()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search."""
        event.stop()
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the one under the cursor."""
        event.stop()
        chosen = self._chosen
        if chosen is not None:
            self.post_message(self.Chosen(chosen))

    @property
    def _chosen(self) -> Resource | None:
        names = self.query_one("#names", OptionList)
        return None if names.highlighted is None else self._known(names.get_option_at_index(names.highlighted).id)

    def _known(self, resource_id: str | None) -> Resource | None:
        return next((one for one in self._catalogue.resources if one.id == resource_id), None)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """What is known of it."""
        chosen = self._known(event.option_id)
        if chosen is not None:
            self.query_one("#detail", Prose).passages = detail(chosen)
            self.query_one("#detail-pane").scroll_home(animate=False)

    def _list(self, typed: str) -> None:
        names = self.query_one("#names", OptionList)
        found = suggest(typed, self._catalogue, at_most=20) if typed.strip() else self._catalogue.resources
        names.clear_options()
        names.add_options([Option(_entry(resource), id=resource.id) for resource in found])
        if found:
            names.highlighted = 0
        else:
            told = _("Nothing found. Try the reading, or a part of the name.")
            self.query_one("#detail", Prose).passages = (Passage(told, "$foreground-muted"),)


def _entry(resource: Resource) -> Content:
    return Content.assemble((f"{resource.field} ", "$foreground-muted"), resource.name)


def detail(resource: Resource) -> tuple[Passage, ...]:
    """What is known of an organisation."""
    facts = {_("does"): resource.does, _("ask for"): resource.ask, _("also called"): _(", ").join(resource.aliases)}
    indent = max(map(cell_len, facts)) + 1
    passages = [
        Passage(resource.name, "bold $accent"),
        Passage(resource.reading, "$foreground-muted"),
        *(Passage(text, indent=indent, label=label) for label, text in facts.items() if text),
    ]
    if resource.origin == "addition":
        passages.append(Passage(_("(added to the lecture's own list)"), "$foreground-muted"))
    return tuple(passages)
