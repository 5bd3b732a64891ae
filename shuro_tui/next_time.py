"""The minutes for a workshop's next time, from the sessions that were held."""

from pathlib import Path

from msgspec import Struct

from shuro_tui import content
from shuro_tui.content.rewrite import write_minutes
from shuro_tui.core.model import Workshop
from shuro_tui.core.proposal import Past, Proposed, proposal, proposal_text
from shuro_tui.errors import Mend
from shuro_tui.i18n import _
from shuro_tui.store import DamagedSession, StorageError, load, sessions


class Plan(Struct, frozen=True):
    """What past sessions propose for a workshop. `left_out`: a message for each session file that cannot be read."""

    workshop: Workshop
    proposed: tuple[Proposed, ...]
    sessions: int
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        """The proposal in plain text."""
        return proposal_text(self.proposed, self.sessions)


def propose(folder: Path, path: Path | None) -> Plan:
    """The minutes for the next time of a workshop, the bundled one without a path. Raises Mend without a past."""
    workshop = content.load(path or content.bundled())
    past: list[Past] = []
    left_out: list[str] = []
    for summary in sessions(folder):
        if not summary.damaged and summary.phase != "finished":
            continue
        try:
            session = load(summary.path)
        except (DamagedSession, StorageError) as error:
            left_out.append(_("Left out: {why}").format(why=error))
            continue
        if session.workshop.id == workshop.id:
            past.append(Past(session.workshop, session.timeline))
    if not past:
        none = _("No finished session of '{title}' is kept here, so there is nothing to propose from.")
        raise Mend("\n".join((*left_out, none.format(title=workshop.title))))
    return Plan(workshop, proposal(workshop, past), len(past), tuple(left_out))


def write(plan: Plan, path: Path, target: Path) -> None:
    """Write the workshop's file anew with these minutes, beside the old one. Raises Mend; then nothing is written."""
    try:
        write_minutes(path, plan.workshop, [one.proposed for one in plan.proposed], target)
    except OSError as error:
        raise Mend(_("{path}: cannot be written: {why}").format(path=target, why=error.strerror)) from error
