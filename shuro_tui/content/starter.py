"""A small workshop to begin one's own from."""

from pathlib import Path

from shuro_tui.content.problem import ContentError, Problem
from shuro_tui.i18n import LANGUAGES, _

FILES = ("agenda/workshop.yaml", "agenda/slides.md", "agenda/resources.yaml", "cases/case1.yaml")

_TEMPLATES = Path(__file__).parent / "new"


def write_new(folder: Path, language: str) -> list[Path]:
    """Write the workshop into `folder` and name its files. Raises ContentError, writing nothing, if one exists."""
    targets = [folder / name for name in FILES]
    taken = [Problem(str(path), message=_("this file exists; nothing is written")) for path in targets if _is(path)]
    if taken:
        raise ContentError(taken)
    template = _TEMPLATES / (language if language in LANGUAGES else "en")
    for name, target in zip(FILES, targets, strict=True):
        text = (template / name).read_text(encoding="utf-8")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            # "x": what somebody else wrote in the meantime stays too.
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            message = _("this file cannot be written: {why}").format(why=error.strerror)
            raise ContentError([Problem(str(target), message=message)]) from error
    return targets


def _is(path: Path) -> bool:
    return path.is_symlink() or path.exists()
