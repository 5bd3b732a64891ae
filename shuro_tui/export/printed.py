"""The report as PDF: the web page as WeasyPrint prints it, with the fonts in it. The library is an optional extra."""

import logging
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

from shuro_tui.errors import Mend
from shuro_tui.export import webpage
from shuro_tui.export.tables import Report
from shuro_tui.i18n import _

if TYPE_CHECKING:
    from weasyprint import HTML  # type: ignore[import-untyped]

_PICTURE = re.compile(r"(<head>.*?</head>|<svg .*?</svg>)", re.DOTALL)
_LETTER = "[\u3005\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff9f]"
_INSIDE_PHRASES = re.compile(f"(?<={_LETTER})(?={_LETTER})")
_JOINED, _MAY_BREAK = "\u2060", "\u200b"
_LETTERS_TO_TRY = "就ろウ"


def lacking() -> str:
    """What has to be installed before there can be a PDF, as a sentence; "" when nothing."""
    try:
        missing = _without_font()
    except ImportError:
        return _("report.pdf needs WeasyPrint: pip install 'shuro-tui[pdf]'. The other formats do not.")
    except OSError:
        return _(
            "report.pdf needs Pango, which WeasyPrint prints with: apt install libpango-1.0-0 libpangoft2-1.0-0"
            " libharfbuzz-subset0, brew install pango, or on Windows MSYS2's mingw-w64-x86_64-pango."
            " The other formats do not."
        )
    if missing:
        return _(
            "report.pdf needs a Japanese font, and there is none on this machine: apt install fonts-noto-cjk,"
            " or put Noto Sans JP among the fonts. The other formats do not."
        )
    return ""


def render(report: Report) -> bytes:
    """The bytes of report.pdf, tagged for screen readers (PDF/UA). Raises Mend with what is lacking for it."""
    problem = lacking()
    if problem:
        raise Mend(problem)
    printed: bytes = _page(_unbroken(webpage.render(report).decode())).write_pdf(pdf_variant="pdf/ua-1")
    return printed


def _unbroken(page: str) -> str:
    """The page with phrases that stay whole: WeasyPrint knows no `word-break: keep-all`, but Pango knows U+2060."""
    parts = _PICTURE.split(page.replace("<wbr>", _MAY_BREAK))
    parts[::2] = [_INSIDE_PHRASES.sub(_JOINED, part) for part in parts[::2]]
    return "".join(parts)


def _page(html: str) -> "HTML":
    from PIL import ImageFile  # noqa: PLC0415 - comes with WeasyPrint
    from weasyprint import HTML  # noqa: PLC0415 - an optional extra, and half a second

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint wants it; a slide's torn picture is to be told all the same
    return HTML(string=html, url_fetcher=_refuse)


def _refuse(address: str, *_arguments: Any, **_options: Any) -> NoReturn:
    """Nothing is fetched from anywhere, whatever stands in the page."""
    raise ValueError(address)


@lru_cache(maxsize=1)
def _without_font() -> bool:
    """Whether Japanese letters come out as boxes. Raises ImportError without the library, OSError without Pango."""
    from weasyprint import HTML  # noqa: F401, PLC0415

    told: list[str] = []

    def listen(record: logging.LogRecord) -> bool:
        told.append(str(record.msg))
        return False

    logger = logging.getLogger("weasyprint")
    logger.addFilter(listen)
    _page(f'<html lang="ja"><body>{_LETTERS_TO_TRY}</body></html>').write_pdf()
    logger.removeFilter(listen)
    return any(".notdef" in message for message in told)
