"""New minutes into a workshop file: only the numbers change, all else stays as its writer left it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from shuro_tui import durable
from shuro_tui.content.files import workshop_file
from shuro_tui.content.problem import ContentError, Problem
from shuro_tui.content.tree import Node, tree
from shuro_tui.content.workshop import load
from shuro_tui.core.model import MINUTE, Millis, Segment, Workshop
from shuro_tui.core.proposal import scaled_steps
from shuro_tui.errors import Mend
from shuro_tui.i18n import _

_BOM = "\ufeff"
_AFTER_A_LINE = re.compile("(?<=[\n\x85\u2028\u2029])|(?<=\r)(?!\n)")  # where YAML begins another
_NUMBER = re.compile(r"""(["']?\s*[+＋]?)([0-9０-９]+)""")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def write_minutes(path: Path, workshop: Workshop, lengths: Sequence[Millis], target: Path) -> None:
    """Write the file of a workshop anew, into its folder, with these lengths for its segments.

    Steps are scaled with their segment. Raises Mend, with nothing written, where the target is elsewhere or exists, and
    where the workshop would not hold with these minutes.
    """
    old = workshop_file(path)
    if target.absolute().parent.resolve() != old.absolute().parent.resolve():
        beside = _("{path}: the paths in a workshop file start from its folder; write the new one beside it: {there}")
        raise Mend(beside.format(path=target, there=old.with_name(target.name)))
    text = rewritten(old.read_bytes().decode(), str(old), workshop, lengths)
    try:
        # "x": what is there stays; from here on the name is ours.
        target.open("x").close()
    except FileExistsError as error:
        raise ContentError([Problem(str(target), message=_("this file exists; nothing is written"))]) from error
    try:
        durable.write(target, text.encode())
        load(target)
    except ContentError as error:
        target.unlink()
        raise _not_holding(error, target, old) from error
    except OSError:
        target.unlink()
        raise


def rewritten(text: str, file: str, workshop: Workshop, lengths: Sequence[Millis]) -> str:
    """The text of a workshop's file with these lengths for its segments.

    Raises ContentError where a number that changes is not written in plain digits.
    """
    body = text.removeprefix(_BOM)
    root = tree(body, file)
    lines = _AFTER_A_LINE.split(body)
    numbers = [] if root is None else _numbers(root, workshop.segments, lengths)
    # From the end on: a number that gets longer moves what comes after it in its line.
    for node, minutes in sorted(numbers, key=lambda number: number[0].place, reverse=True):
        line, column = node.place
        if minutes != _value(node.text):
            lines[line - 1] = _with_number(lines[line - 1], column - 1, node, minutes, file)
    return text[: len(text) - len(body)] + "".join(lines)


def _not_holding(error: ContentError, target: Path, old: Path) -> Mend:
    """What is wrong with these minutes, in the file that is still there."""
    problems = [replace(one, file=str(old)) if one.file == str(target) else one for one in error.problems]
    message = _("With these minutes the workshop would not hold; nothing is written.")
    return Mend("\n".join((message, *map(str, problems))))


def _numbers(root: Node, segments: Sequence[Segment], lengths: Sequence[Millis]) -> Iterator[tuple[Node, int]]:
    """Each number of minutes with what it is to be."""
    for node, segment, length in zip(_field(root, "segments").items, segments, lengths, strict=True):
        yield _field(node, "minutes"), length // MINUTE
        if segment.steps:
            steps = _field(node, "steps").items
            for step, part in zip(steps, scaled_steps(segment, length), strict=True):
                yield _field(step, "minutes"), part // MINUTE


def _field(node: Node, key: str) -> Node:
    return next(value for name, value in node.entries if name.text == key)


def _with_number(line: str, column: int, node: Node, minutes: int, file: str) -> str:
    """The line with another number there, in digits as wide as the old one's."""
    found = _NUMBER.match(line, column)
    if found is None or int(found[2]) != _value(node.text):
        message = _("this number is not written in plain digits, so that it cannot be changed here")
        raise ContentError([Problem(file, *node.place, message=message, hint=f"minutes: {minutes}")])
    digits = str(minutes) if found[2].isascii() else str(minutes).translate(_FULL_WIDTH)
    return line[: found.start(2)] + digits + line[found.end(2) :]


def _value(written: str) -> int:
    return int(unicodedata.normalize("NFKC", written))
