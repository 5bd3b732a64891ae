"""A case as a group reads it."""

from rich.cells import cell_len

from shuro_tui.core.model import Case
from shuro_tui.tui.widgets.prose import Passage


def case_passages(case: Case) -> tuple[Passage, ...]:
    """Title and question, the profile as label and value, the story."""
    labels = max((cell_len(fact.label) for fact in case.profile), default=0) + 1
    return (
        Passage(case.title, "bold $accent"),
        Passage(case.question.strip(), "bold"),
        Passage(""),
        *(Passage(fact.value, label=fact.label, indent=labels) for fact in case.profile),
        Passage(""),
        Passage(case.story.strip()),
    )
