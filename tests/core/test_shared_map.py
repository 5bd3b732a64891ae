"""A mapping that is copied with each change, and shares what did not change."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuro_tui.core import shared_map
from shuro_tui.core.shared_map import SharedMap

Changes = list[tuple[int, int]]


@pytest.fixture(autouse=True, scope="module")
def small_pages() -> Iterator[None]:
    """So small that a few entries are several of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_map, "_PAGE", 3)
        yield


@given(st.dictionaries(st.integers(0, 20), st.integers()), st.lists(st.tuples(st.integers(0, 20), st.integers())))
def test_it_is_what_a_dict_would_be(entries: dict[int, int], changes: Changes) -> None:
    """After each change it has the same entries in the same order, and nothing that was before has changed."""
    version, plain = SharedMap.of(entries), dict(entries)
    versions = [(version, dict(plain))]
    for key, value in changes:
        version = version.changed(key, value)
        plain[key] = value
        versions.append((version, dict(plain)))
    for seen, expected in versions:
        assert list(seen) == list(expected)
        assert list(seen.items()) == list(expected.items())
        assert list(seen.values()) == list(expected.values())
        assert seen == expected
        assert len(seen) == len(expected)
        assert all(seen[key] == value for key, value in expected.items())


def test_one_that_is_shared_is_not_copied() -> None:
    """Nor are the parts of it in which nothing changes."""
    before = SharedMap.of({number: str(number) for number in range(10)})
    assert SharedMap.of(before) is before
    after = before.changed(4, "four")
    assert [one is other for one, other in zip(before._pages, after._pages, strict=True)] == [True, False, True, True]


def test_a_key_that_is_not_there() -> None:
    """Is a KeyError, as in a dict."""
    with pytest.raises(KeyError):
        SharedMap.of({1: "one"})[2]
    assert SharedMap.of({1: "one"}).get(2) is None
