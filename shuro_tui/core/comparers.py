"""Comparisons of several cases that are made again and again while groups write."""

from collections.abc import Sequence

from shuro_tui.core.comparison import Comparer
from shuro_tui.core.group import Group
from shuro_tui.core.lines import Comparison
from shuro_tui.core.meaning import Settlement
from shuro_tui.core.model import Case, Catalogue
from shuro_tui.core.sheet import Sheet


class Comparers:
    """Keeps what was read of each case, until case or catalogue is edited."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Case, Catalogue, Comparer]] = {}

    def compare(
        self,
        case: Case,
        catalogue: Catalogue,
        groups: tuple[Group, ...],
        sheets: Sequence[Sheet],
        settlements: tuple[Settlement, ...],
    ) -> Comparison:
        """What `compare` makes of them."""
        kept = self._kept.get(case.id)
        if kept is None or kept[:2] != (case, catalogue):
            kept = self._kept[case.id] = case, catalogue, Comparer(case, catalogue)
        return kept[2].compare(groups, sheets, settlements)
