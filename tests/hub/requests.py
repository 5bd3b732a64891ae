"""Whatever a client could ask for: every message and every command, with whatever text is in them."""

import types
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from msgspec import Struct

from shuro_tui.core.commands import Command
from shuro_tui.hub.protocol import Do, ToHub

ESCAPES = (
    "\x1b[31m赤\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJmIH4=\x1b\\",
    "\x1bPq\x1b\\",
    "\x1b",
    "\x9b31m",
    "\x90",
    "\x00",
    "\x07\x08\x7f",
    "\u202eexe.txt",
    "\u2066",
    "\u2028",
)
"""What a terminal would obey, and what turns a text around."""

nasty = st.lists(st.one_of(st.sampled_from(ESCAPES), st.text(max_size=4)), max_size=4).map(
    lambda parts: "".join(parts)[:60]
)


def values(hint: Any, texts: st.SearchStrategy[str] = nasty) -> st.SearchStrategy[Any]:
    """Values of a type as it stands in the messages."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(args)
    if origin is Annotated:
        return values(args[0], texts)
    if origin in (Union, types.UnionType):
        return st.one_of(*(values(arg, texts) for arg in args))
    if origin is tuple:
        inner = [values(arg, texts) for arg in args if arg is not Ellipsis]
        return st.lists(inner[0], max_size=3).map(tuple) if args[-1] is Ellipsis else st.tuples(*inner)
    if origin is dict:
        return st.dictionaries(values(args[0], texts), values(args[1], texts), max_size=3)
    if isinstance(hint, type) and issubclass(hint, Struct):
        hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{field: values(hints[field], texts) for field in hint.__struct_fields__})
    return {str: texts, bool: st.booleans(), type(None): st.none()}.get(hint, st.integers(0, 2**40))


commands: st.SearchStrategy[Command] = st.one_of(*(values(kind) for kind in get_args(Command)))
messages: st.SearchStrategy[ToHub] = st.one_of(
    st.builds(Do, st.integers(1, 2**40), commands),
    *(values(kind) for kind in get_args(ToHub) if kind is not Do),
)


def texts_in(value: object) -> Sequence[str]:
    """Every text in what msgspec.to_builtins made, keys included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in texts_in(each)]
    return [text for each in value for text in texts_in(each)] if isinstance(value, list | tuple) else []
