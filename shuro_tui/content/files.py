"""Files of a workshop: finding them, staying within their folder, reading them as text."""

import os
import re
import stat
from pathlib import Path

from shuro_tui.content.problem import ContentError, Place, Problem
from shuro_tui.i18n import _

SIZE_AT_MOST = 1_000_000

_AGENDA = "agenda"
_FILE = "workshop.yaml"
# Tab, line feed and carriage return are text; the other controls are not.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# EUC-JP first: its bytes often pass for Shift_JIS, while Shift_JIS seldom passes for EUC-JP.
_OTHERS = (("EUC-JP", "euc_jp"), ("Shift_JIS", "cp932"))
_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


def bundled() -> Path:
    """The workshop file of the lecture that comes with the program."""
    package = Path(__file__).parent.parent
    installed = package / "bundled" / _AGENDA / _FILE
    return installed if installed.exists() else package.parent / _AGENDA / _FILE


def workshop_file(path: Path) -> Path:
    """The workshop file that a person means by a file or a folder. Raises ContentError when a folder has none."""
    if not path.is_dir():
        return path
    for named in (path / _AGENDA / _FILE, path / _FILE):
        if named.exists():
            return named
    written = [other for other in sorted((path / _AGENDA).glob("*.yaml")) if _has_segments(other)]
    if len(written) == 1:
        return written[0]
    message = _("there is no workshop in this folder")
    raise ContentError([Problem(str(path), message=message, hint=f"{_AGENDA}/{_FILE}")])


def root_of(file: Path) -> Path:
    """The folder that the paths in a workshop file start from."""
    if file.parent.name == _AGENDA:
        return file.parent.parent
    return file.parent / ".." if file.absolute().parent.name == _AGENDA else file.parent


def fault(root: Path, written: str) -> str:
    """What is wrong with a path as it is written in a file, as a message; empty when it is a file below `root`."""
    try:
        resolved = (root / written).resolve()
        found = resolved.stat()
        if not resolved.is_relative_to(root.resolve()):
            return _("this path leaves the workshop's folder")
    except FileNotFoundError:
        if Path(written).is_absolute() or os.path.normpath(written).startswith(".."):
            return _("this path leaves the workshop's folder")
        return _("there is no such file")
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links, before Python 3.13
        return _reason(error)
    return "" if stat.S_ISREG(found.st_mode) else _("this is not a file")


def read_text(path: Path) -> str:
    """A UTF-8 file as text with plain line feeds, without a byte order mark. Raises ContentError."""
    data = read_bytes(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(path, _in_encoding("UTF-16"))
    if b"\0" in data:
        raise _refused(path, _("this is not a text file: it has NUL bytes"))
    text = _decoded(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        code = f"U+{ord(control[0]):04X}"
        message = _("a control character ({code}) stands here").format(code=code)
        raise _refused(path, message, _place(text[: control.start()]))
    return text


def read_bytes(path: Path, most: int = SIZE_AT_MOST) -> bytes:
    """All of a file that is no larger than `most` bytes. Raises ContentError."""
    try:
        # Looked at before it is opened: to open a pipe would be to wait for its other end.
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= most:
            return path.read_bytes()
    except (OSError, RuntimeError, ValueError) as error:
        raise _refused(path, _reason(error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, _("this is not a file"))
    raise _refused(path, _("this file is larger than {n} bytes").format(n=most))


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        for name, codec in _OTHERS:
            if _JAPANESE.search(data.decode(codec, "ignore")) and _decodes(data, codec):
                raise _refused(path, _in_encoding(name)) from error
        before = data[: error.start].decode("utf-8-sig").replace("\r\n", "\n")
        raise _refused(path, _("this is not UTF-8 text; save it as UTF-8"), _place(before)) from error


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _in_encoding(name: str) -> str:
    return _("this file is in {encoding}; save it as UTF-8").format(encoding=name)


def _place(before: str) -> Place:
    """The place right after that much of a file."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _has_segments(path: Path) -> bool:
    try:
        return re.search("^segments:", read_text(path), re.MULTILINE) is not None
    except ContentError:
        return False


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return _("there is no such file")
        case PermissionError():
            return _("this file may not be read: no permission")
        case NotADirectoryError():
            return _("there is no such file: a part of its path is not a folder")
        case OSError(strerror=str(why)):
            return _("this file cannot be read: {why}").format(why=why)
        case _:
            return _("this file cannot be read: {why}").format(why=error)


def _refused(path: Path, message: str, place: Place = (0, 0)) -> ContentError:
    return ContentError([Problem(str(path), *place, message=message)])
