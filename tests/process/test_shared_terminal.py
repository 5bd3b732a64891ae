"""A terminal that groups share in turn."""

from tests.process.conftest import Open
from tests.process.test_lecture import to_the_cases


def at_work(terminal: Open) -> None:
    """A facilitator whose groups write."""
    facilitator = terminal("run", "--port", "0", "--groups", "2")
    facilitator.wait("開始前")
    to_the_cases(facilitator)


def test_groups_take_turns_and_see_nothing_of_each_other(terminal: Open) -> None:
    """One key changes the group; each finds its sheet as it left it, also after the terminal was killed."""
    at_work(terminal)
    shared = terminal("join", "--group", "1班")
    shared.wait("1班")
    shared.wait("連携機関名")
    shared.type("喫茶店いちばん")
    shared.wait("喫茶店いちばん")
    shared.type("\x07")
    shared.wait("どのグループですか")
    shared.type("\x1b[B\r")
    shown = shared.wait(lambda text: text.startswith(" 2班") and "連携機関名" in text)
    assert "喫茶店" not in shown
    shared.type("図書館にばん")
    shared.wait("図書館にばん")
    shared.type("\x07")
    shared.wait("どのグループですか")
    shared.type("\r")
    assert "図書館" not in shared.wait("喫茶店いちばん")
    shared.wait("保存済み")
    shared.process.kill()
    again = terminal("join", "--group", "2班")
    assert "喫茶店" not in again.wait("図書館にばん")
    again.type("\x07")
    again.wait("どのグループですか")
    again.type("\x1b")
    again.wait("図書館にばん")
    again.type("\x07")
    again.wait("どのグループですか")
    again.type("\r")
    assert "図書館" not in again.wait("喫茶店いちばん")
