"""What the hub's process makes of the files of its workshop."""

from pathlib import Path

import pytest

from shuro_tui import host, i18n
from shuro_tui.errors import Mend
from tests.content.small_workshop import edit, write


@pytest.mark.parametrize("named", [".", "agenda/workshop.yaml"])
def test_what_is_wrong_with_a_save_is_one_line(named: str, tmp_path: Path) -> None:
    """The first place, as it is called within the workshop's folder, and how many more there are."""
    i18n.use("en")
    files = write(tmp_path) / named
    edit(tmp_path, "cases/case1.yaml", "kind: organisation", "kind: person")
    with pytest.raises(Mend, match=r"^cases/case1.yaml:7:33: .*; the workshop goes on as it was$"):
        host._read(files)
    edit(tmp_path, "agenda/workshop.yaml", "at_least: 5", "at_least: 99")
    with pytest.raises(Mend, match=r"^agenda/workshop.yaml:9:15: .*, and 1 more; the workshop goes on as it was$"):
        host._read(files)
