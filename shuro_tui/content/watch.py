"""Whether somebody has saved a file of a workshop."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from shuro_tui.content.files import read_text, root_of, workshop_file
from shuro_tui.content.problem import ContentError
from shuro_tui.content.tree import Node, tree

Saved = tuple[int, int, int] | None
"""What tells two states of a file apart: when it was written, its size, its inode. None where there is no file."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(\s*<?([^\s<>()]+)")
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
    named = [(path, _saved(path)) for path in _named(file, saved)]
    pictures = (picture for path, when in named if path.suffix == ".md" for picture in _pictures(path, when))
    return (saved, *(when for _path, when in named), *map(_saved, pictures))


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


@lru_cache(maxsize=256)
def _pictures(file: Path, _saved: Saved) -> tuple[Path, ...]:
    """The files that a file of slides may show, whether or not they are there."""
    try:
        text = read_text(file)
    except ContentError:
        return ()
    return tuple(file.parent / unquote(written) for written in _PICTURE.findall(text))


def _paths(node: Node, naming: bool = False) -> Iterator[str]:
    if naming and node.text:
        yield node.text
    for item in node.items:
        yield from _paths(item, naming)
    for key, value in node.entries:
        yield from _paths(value, key.text in _NAMING)
