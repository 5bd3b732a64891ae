"""Whether somebody has saved a file of a workshop."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from shuro_tui.content.files import read_text, root_of, workshop_file
from shuro_tui.content.problem import ContentError
from shuro_tui.content.tree import Node, tree

Saved = tuple[int, int, int] | None
"""What tells two states of a file apart: when it was written, its size, its inode. None where there is no file."""

_NAMING = frozenset(("slides", "cases", "resources", "video"))


def stamp(path: Path) -> tuple[Saved, ...]:
    """What changes whenever one of the files is saved that the workshop of that file or folder is made of.

    Costs a look at each of them; the workshop file itself is read only when it was saved.
    """
    try:
        file = workshop_file(path)
    except ContentError:
        return ()
    saved = _saved(file)
    return (saved, *map(_saved, _named(file, saved)))


def _saved(file: Path) -> Saved:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@lru_cache(maxsize=1)
def _named(file: Path, _saved: Saved) -> tuple[Path, ...]:
    """The files that a workshop file names, whether or not they are there; none when it is broken."""
    try:
        node = tree(read_text(file), str(file))
    except ContentError:
        return ()
    return () if node is None else tuple(root_of(file) / written for written in _paths(node))


def _paths(node: Node, naming: bool = False) -> Iterator[str]:
    if naming and node.text:
        yield node.text
    for item in node.items:
        yield from _paths(item, naming)
    for key, value in node.entries:
        yield from _paths(value, key.text in _NAMING)
