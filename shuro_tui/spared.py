"""Imports that a library makes and that we have no use for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType


@contextmanager
def spared(*names: str, **holding: object) -> Iterator[None]:
    """A module with nothing but that stands in for each of them; whoever imports it afterwards gets what was to be had.

    One that has been imported already stays.
    """
    before = {name: sys.modules[name] for name in names if name in sys.modules}
    missing = [name for name in names if sys.modules.get(name) is None]
    for name in missing:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(holding)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
        sys.modules.update(before)


def without_openssl() -> None:
    """Have this process do without it, where Python brings its own digests: asyncio and hashlib both can.

    Nothing between a terminal and its hub is encrypted; OpenSSL is 5 MB of a terminal's memory and a twentieth of its
    start. To be called before either is imported; what is imported already stays.
    """
    with suppress(ImportError):
        import_module("_sha1")
        for name in ("ssl", "_ssl", "_hashlib"):
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]
