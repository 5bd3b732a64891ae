"""The names that groups typed, a line each, and all there is to say of one."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from shuro_tui.core.cells import cut
from shuro_tui.core.reasons import why
from shuro_tui.core.sheet import clean
from shuro_tui.core.typed_names import TypedName, alike, rows_in
from shuro_tui.core.views import FacilitatorView
from shuro_tui.i18n import _
from shuro_tui.tui.widgets.prose import Passage

_NAME_WIDTH = 28
"""Cells of a name in the list: what 80 columns have room for beside its count. All of it stands beside the list."""


class TypedNames(OptionList):
    """The cursor stays at its name, and where it is on the screen, whatever is new; at its place where that is gone."""

    def __init__(self) -> None:
        super().__init__(id="typed-names", classes="pane", markup=False)
        self._names: tuple[TypedName, ...] = ()

    @property
    def current(self) -> TypedName | None:
        """The name under the cursor."""
        return self._names[self.highlighted] if self.highlighted is not None and self._names else None

    def show(self, names: tuple[TypedName, ...]) -> None:
        """These names."""
        at, before, top = self.highlighted or 0, self.current, self.scroll_offset.y
        ids = [name.id for name in names]
        self._names = names
        self.set_options(map(_option, names))
        if not names:
            return
        self.highlighted = ids.index(before.id) if before and before.id in ids else min(at, len(ids) - 1)
        self.scroll_to(y=top + self.highlighted - at, animate=False, force=True, immediate=True)


def _option(name: TypedName) -> Option:
    mark = "?" if name.waits else "=" if name.entries[0].settled is not None else " "
    itself = name.line.organisation is None or name.name.strip() == name.line.name
    stands = "" if itself else f"  → {clean(name.line.name)}"
    text = f"{mark} {_in_short(name.name)}  ×{len(name.rows)}"
    return Option(Content.assemble(text, (stands, "$foreground-muted")), id=name.id)


def about(
    name: TypedName, view: FacilitatorView, candidates: Sequence[str], others: Sequence[str]
) -> Iterator[Passage]:
    """What it stands for and why, what it may be, who typed it beside what; then what the candidates do."""
    known = {resource.id: resource for resource in view.workshop.catalogue.resources}
    yield Passage(clean(name.name), "bold $accent")
    stands = _("Nobody has said what it stands for.") if name.waits else clean(name.line.name)
    yield Passage(stands, "$text-warning" if name.waits else "bold")
    yield Passage(why(name.entries[0]), "$foreground-muted")
    for number, candidate in enumerate(candidates, 1):
        yield Passage(clean(known[candidate].name), label=str(number), label_style="bold $accent")
    for other, likeness in alike(name.name, others).items() if name.waits else ():
        yield Passage(_("like '{name}' ({percent}%): M merges").format(name=clean(other), percent=likeness))
    yield Passage("")
    yield from _who_typed(name, view)
    yield Passage("")
    for number, candidate in enumerate(candidates, 1):
        yield Passage(clean(known[candidate].does), "$foreground-muted", label=str(number))


def _who_typed(name: TypedName, view: FacilitatorView) -> Iterator[Passage]:
    groups = {group.id: group.name for group in view.groups}
    for entry in name.entries:
        beside = (" ".join(text.split()) for text in entry.fields.values() if text.strip() != entry.typed.strip())
        yield Passage(clean(" / ".join(filter(None, beside))), label=clean(groups.get(entry.group, entry.group)))


def became(name: TypedName) -> str:
    """Where the rows of a name are counted, now that something else was said of it."""
    facts = {"name": _in_short(name.name), "n": len(name.rows)}
    if name.waits:
        return _("'{name}' ×{n} waits again").format(**facts)
    if name.itself:
        return _("'{name}' ×{n}: a name of its own").format(**facts)
    total = len(rows_in(name.line.entries))
    other = _in_short(name.line.name)
    return _("'{name}' ×{n} → {other}, together ×{total}").format(**facts, other=other, total=total)


def _in_short(name: str) -> str:
    return cut(" ".join(clean(name).split()), _NAME_WIDTH)
