"""Files → core: YAML and Markdown, with the place of every error."""

from shuro_tui.content.files import bundled
from shuro_tui.content.problem import ContentError, Problem
from shuro_tui.content.starter import write_new
from shuro_tui.content.workshop import check, load

__all__ = ["ContentError", "Problem", "bundled", "check", "load", "write_new"]
