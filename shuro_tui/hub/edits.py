"""From one view to the next: what differs and nothing else, down to the row, which is sent whole."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shuro_tui.core.sheet import Row
from shuro_tui.core.views import View

Way = tuple[str | int, ...]


class Edit(Struct, frozen=True, array_like=True):
    """A place that holds something else now.

    at: the way there from the view, fields by name and items of tuples by number from 0; value: what is there, as JSON.
    instead: None, or the place is in a tuple, and the items of `value` stand instead of so many.
    """

    at: Way
    value: msgspec.Raw
    instead: int | None = None


def edits(old: View, new: View) -> tuple[Edit, ...]:
    """What makes the new view of the old one. What is the very same object is not even compared."""
    return tuple(_of_struct((), old, new))


def _of_struct(at: Way, old: Struct, new: Struct) -> Iterator[Edit]:
    for field in new.__struct_fields__:
        after, before = getattr(new, field), getattr(old, field)
        if after is before or after == before:
            continue
        if isinstance(after, tuple) and isinstance(before, tuple):
            yield from _of_tuple((*at, field), before, after)
        else:
            yield Edit((*at, field), _written(after))


def _of_tuple(at: Way, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Edit]:
    if len(old) != len(new):
        yield _spliced(at, old, new)
        return
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        if after is before or after == before:
            continue
        if isinstance(after, Struct) and type(after) is type(before) and not isinstance(after, Row):
            yield from _of_struct((*at, place), before, after)
        else:
            yield Edit((*at, place), _written(after))


def _spliced(at: Way, old: tuple[Any, ...], new: tuple[Any, ...]) -> Edit:
    shorter = min(len(old), len(new))
    same = (n for n in range(shorter) if old[n] != new[n])
    start = next(same, shorter)
    end = next((n for n in range(shorter - start) if old[-1 - n] != new[-1 - n]), shorter - start)
    return Edit((*at, start), _written(new[start : len(new) - end]), len(old) - start - end)


def _written(value: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def edited(view: View, changes: tuple[Edit, ...]) -> View:
    """The view after edits. Raises LookupError, TypeError or msgspec.ValidationError where they are none of it."""
    return _put(view, type(view), changes, 0) if changes else view


def _put(value: Any, hint: Any, changes: Sequence[Edit], depth: int) -> Any:
    """What becomes of the place at which the changes' ways are so deep. A long tuple is made anew only once."""
    first, *others = changes
    if len(first.at) == depth:
        whole = _decoder(hint).decode(first.value)
        return _put(whole, hint, others, depth) if others else whole
    if isinstance(value, tuple):
        return _put_items(list(value), hint, changes, depth)
    for field, together in groupby(changes, lambda change: change.at[depth]):
        kind: Any = type(value)
        name, wanted = str(field), _hints(kind)[field]
        value = replace(value, **{name: _put(getattr(value, name), wanted, list(together), depth + 1)})
    return value


def _put_items(items: list[Any], hint: Any, changes: Sequence[Edit], depth: int) -> tuple[Any, ...]:
    for step, together in groupby(changes, lambda change: change.at[depth]):
        place: Any = step
        here = list(together)
        if here[0].instead is not None and len(here[0].at) == depth + 1:
            spliced = here.pop(0)
            items[place : place + spliced.instead] = _decoder(hint).decode(spliced.value)
        if here:
            items[place] = _put(items[place], get_args(hint)[0], here, depth + 1)
    return tuple(items)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _decoder(hint: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(hint)
