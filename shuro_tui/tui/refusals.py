"""Why the hub did not carry something out, in words."""

from shuro_tui.core.commands import Reason
from shuro_tui.i18n import _


def why_not(reason: Reason) -> str:
    """A refusal as a sentence that says what would be right."""
    return {
        "not-allowed": _("This screen may not do that."),
        "not-started": _("The session has not started yet."),
        "already-started": _("The session has started already."),
        "finished": _("The session has ended."),
        "not-running": _("The clock does not run."),
        "not-paused": _("The clock is not paused."),
        "no-such-place": _("There is no such slide."),
        "no-such-case": _("There is no such case."),
        "no-such-row": _("That row is not there any more."),
        "row-changed": _("Another terminal has changed that row meanwhile; it was not deleted."),
        "no-such-column": _("The sheet has no such column."),
        "not-a-choice": _("That is not one of the choices."),
        "case-not-open": _("This case has not begun yet."),
        "case-closed": _("The sheets of this case are closed; the last change was not taken."),
        "not-revealed": _("Reveal the sheets first (R)."),
        "too-many-rows": _("The sheet is full."),
        "too-long": _("That text is too long."),
        "nothing-to-undo": _("There is nothing to take back."),
        "not-of-names": _("The last step was not about names; U on the first screen takes it back."),
        "no-such-name": _("There is no name to settle."),
        "no-such-organisation": _("The catalogue has no such organisation."),
        "nothing-to-plan": _("There is nothing to plan: the session does not run."),
        "not-interrupted": _("Nothing interrupts the slides."),
        "not-cut-off": _("That is answered already."),
        "no-such-group": _("There is no such group."),
        "answer-first": _("First answer how to go on after the cut."),
        "storage": _("The hub cannot write its file just now; it will be tried again."),
        "no-model-answer": _("This case has no model answer."),
    }[reason]
