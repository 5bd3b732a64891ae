"""Imports that a library makes and that we have no use for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def spared(*names: str) -> Iterator[None]:
    """An empty module stands in for each of them meanwhile; whoever imports it afterwards gets the real one."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update((name, ModuleType(name)) for name in absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
