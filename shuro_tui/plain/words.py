"""The commands, in words; English and Japanese ones are understood in either language."""

import unicodedata

from shuro_tui.i18n import N_, _, language

_COMMANDS = (
    ("case", ("case", "事例"), N_("read the case; with a number, go to that case")),
    ("slide", ("slide", "スライド"), N_("read the slide that is shown")),
    ("list", ("list", "一覧"), N_("the rows of your sheet")),
    ("add", ("add", "追加"), N_("a new row, field by field")),
    ("change", ("change", "変更"), N_("with a row's number: change it, field by field")),
    ("delete", ("delete", "削除"), N_("with a row's number: delete it")),
    ("move", ("move", "移動"), N_("with two numbers: move a row to another place")),
    ("undo", ("undo", "元に戻す"), N_("take back your last change")),
    (
        "keep all",
        ("keep all", "すべて残す"),
        N_("with a row's number: keep it and its duplicates"),
    ),
    ("keep", ("keep", "残す"), N_("with a row's number: keep it and delete its duplicates")),
    ("submit", ("submit", "提出"), N_("say that the sheet is done")),
    ("take back", ("take back", "取り下げ"), N_("go on writing after having submitted")),
    ("find", ("find", "調べる"), N_("with a part of a name: organisations and what they do")),
    ("time", ("time", "時間"), N_("the time left")),
    ("others", ("others", "他班"), N_("what others may see; the other groups' rows once they are revealed")),
    ("findings", ("findings", "気づき"), N_("what the comparison found, once the sheets are revealed")),
    (
        "organisations",
        ("organisations", "機関"),
        N_("who named which organisation, once the sheets are revealed; with a part of a name: that one"),
    ),
    ("news", ("news", "連絡"), N_("what the facilitator has to say")),
    ("state", ("state", "状態"), N_("whether everything is saved, and the connection")),
    ("help", ("help", "ヘルプ"), N_("these words")),
    ("quit", ("quit", "終了"), N_("leave; what is written stays")),
)
_ALSO = {"?": "help", "h": "help", "ls": "list", "edit": "change", "del": "delete", "exit": "quit", "q": "quit"}


def plain(text: str) -> str:
    """What was typed without differences of width, case and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def understood(line: str) -> tuple[str, str]:
    """The command that a line begins with, and what follows it; "" for none that is known."""
    said = plain(line)
    words = {word: command for command, names, _help in _COMMANDS for word in names} | _ALSO
    for word, command in words.items():
        if said == word or said.startswith(word + " "):
            return command, said[len(word) :].strip()
    return "", said


def word(command: str) -> str:
    """A command as it is written in the language of this process."""
    names = next(names for name, names, _help in _COMMANDS if name == command)
    return names[language() == "ja"]


def help_lines() -> list[str]:
    """Every command with what it does."""
    ja = language() == "ja"
    lines = [f"{names[ja]} ({names[not ja]}): {_(told)}" for _name, names, told in _COMMANDS]
    return [_("Type a command and Enter:"), *lines]
