"""Comments that part a slide: a pause, columns side by side. Other viewers show the parts one below the other."""

import re
import unicodedata
from typing import Literal, cast, get_args

from markdown_it.tree import SyntaxTreeNode

Mark = Literal["pause", "columns", "column", "/columns"]

_MARK = re.compile(rf"\s*<!--\s*({'|'.join(get_args(Mark))})\s*-->\s*")


def mark_of(node: SyntaxTreeNode) -> Mark | None:
    """The mark that a block of the file is, if it is one; in letters of any width and case."""
    if node.type != "html_block":
        return None
    found = _MARK.fullmatch(unicodedata.normalize("NFKC", node.content).lower())
    return None if found is None else cast("Mark", found[1])
