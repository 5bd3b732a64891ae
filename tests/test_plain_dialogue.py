"""The dialogue of `join --plain` where two terminals of a group write."""

import pytest
from msgspec.structs import replace

from shuro_tui.core import commands as ask
from shuro_tui.core.model import Millis
from shuro_tui.core.views import GroupView
from shuro_tui.i18n import _
from shuro_tui.plain.announcing import between
from shuro_tui.plain.dialogue import Dialogue
from shuro_tui.plain.words import word
from tests.tui.fake_link import FakeHub, FakeLink
from tests.tui.scenes import at_cases


def view(link: FakeLink) -> GroupView:
    """What the group sees now."""
    seen = link.view()
    assert isinstance(seen, GroupView)
    return seen


class Plain:
    """A terminal, line by line."""

    def __init__(self, hub: FakeHub) -> None:
        self.link = FakeLink(hub, "g3")
        self.dialogue = Dialogue(view(self.link), self.link)

    def hear(self, *lines: str) -> str:
        """What is said to these lines, and the news before."""
        told = list(between(self.dialogue.view, view(self.link)))
        self.dialogue.follow(view(self.link))
        for line in lines:
            told += self.dialogue.hear(line, Millis(0), self.link.state())
        return "\n".join(told)


def names(hub: FakeHub) -> list[str]:
    """The first column of the sheet, as the hub has it."""
    return [row.fields["organisation"] for row in hub.session.sheet("case1", "g3").rows]


def test_a_row_is_one_row_however_often_it_is_written() -> None:
    """Added, changed, taken back, deleted, brought back: never a duplicate."""
    hub = at_cases()
    plain = Plain(hub)
    plain.hear("add", "包括", "見守り", "1", "change 1", "近所", "", "訪問", "", "change 1", "社協", "", "", "")
    assert names(hub) == ["社協"]
    plain.hear("undo")
    assert names(hub) == ["近所"]
    plain.hear("delete 1")
    assert names(hub) == []
    plain.hear("undo", "undo")
    assert names(hub) == ["包括"]
    plain.hear("undo")
    assert names(hub) == []


def test_duplicates_are_told_and_settled() -> None:
    """Another terminal writes to the row while it is asked for: both texts stay until one is kept, or both."""
    for settle, left in ((f"{word('keep')} 2", ["近所"]), (f"{word('keep all')} 1", ["社協", "近所"])):
        hub = at_cases()
        plain = Plain(hub)
        plain.hear("add", "包括", "見守り", "1", "change 1")
        row = hub.session.sheet("case1", "g3").rows[0]
        hub.command(ask.WriteRow("case1", row.id, {"organisation": "社協"}, 0, "theirs", row.revision), "g3")
        plain.hear("近所", "", "", "")
        assert names(hub) == ["社協", "近所"]
        assert f"; {_('duplicate')}" in plain.hear("list")
        plain.hear(settle)
        assert names(hub) == left
        assert not hub.session.sheet("case1", "g3").duplicates


def test_news_of_duplicates_collecting_and_late_rows() -> None:
    """Each is told once, in words."""
    hub = at_cases()
    plain = Plain(hub)
    for revision, made_from in (("1", ""), ("2", "0")):
        hub.command(ask.WriteRow("case1", "r", {"organisation": revision}, 0, revision, made_from), "g3")
    told = plain.hear()
    assert word("keep all") in told
    assert plain.hear() == ""
    hub.command(ask.CloseCase("case1", ask.GRACE))
    assert word("submit") in plain.hear("add", "包括")
    hub.command(ask.CloseCase("case1"))
    plain.hear("見守り", "1")
    assert hub.session.kept_aside("case1", "g3").late
    title = plain.dialogue.view.cases[0].title
    assert _("{title} is closed; the facilitator has {n} late rows.").format(title=title, n=1) in plain.hear()


def test_a_row_changed_elsewhere_is_not_deleted_unread() -> None:
    """The deletion names the text that was there when the terminal last heard of the row; the hub refuses it."""
    hub = at_cases()
    plain = Plain(hub)
    plain.hear("add", "包括", "", "", "list")
    row = hub.session.sheet("case1", "g3").rows[0]
    hub.command(ask.WriteRow("case1", row.id, {"organisation": "社協"}, 0, "theirs", row.revision), "g3")
    with pytest.raises(ask.Refused, match="row-changed"):
        plain.dialogue.hear("delete 1", Millis(0), plain.link.state())
    assert names(hub) == ["社協"]


def test_the_comparison_is_read_once_the_sheets_are_revealed() -> None:
    """Findings with their entries, organisations by name; marked rows say so, with the comment."""
    hub = at_cases()
    plain = Plain(hub)
    assert plain.hear("findings", "organisations") == "\n".join([_("The sheets have not been revealed yet.")] * 2)
    hub.command(ask.WriteRow("case1", "r1", {"organisation": "ハローワーク", "content": "職業相談"}, 0, "1"), "g1")
    hub.command(ask.WriteRow("case1", "r1", {"organisation": "ハローワーク", "content": "求人"}, 0, "1"), "g2")
    hub.command(ask.MarkRow("case1", "g1", "r1", True, "なぜ\n一番に?"))
    hub.command(ask.Reveal("case1"))
    assert word("findings") in plain.hear()
    marked = "; ".join((_("★ marked by the facilitator"), _("Comment: ") + "なぜ 一番に?"))
    for lines in (plain.hear("findings"), plain.hear("organisations"), plain.hear("機関 ハロ")):
        assert f"1班: ハローワーク; 職業相談; {marked}" in lines
    assert plain.hear("organisations なし") == _("Nothing found.")
    assert next(line for line in plain.hear("others").splitlines() if "職業相談" in line).endswith(marked)


def test_the_model_answer_is_told_and_read_once_it_is_revealed() -> None:
    """With the organisation that it names, and in full after the others' rows."""
    hub = at_cases()
    case = replace(hub.session.workshop.cases[0], model=({"organisation": "模範の会", "content": "模範の中身"},))
    hub.session = replace(hub.session, workshop=replace(hub.session.workshop, cases=(case,)))
    plain = Plain(hub)
    hub.command(ask.Reveal("case1"))
    assert "模範" not in plain.hear("others", "findings", "organisations")
    hub.command(ask.RevealModel("case1"))
    assert case.title in plain.hear()
    assert f"{_('Model answer')}: 模範の会; 模範の中身" in plain.hear("organisations")
    assert "模範の会" in plain.hear("others")
