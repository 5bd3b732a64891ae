"""Run a workshop from a terminal: rundown, slides, group sheets, comparison."""

__version__ = "0.1.0"
