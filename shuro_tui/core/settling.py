"""Names are settled, merged, split, and taken back: what the facilitator said of them, and what it comes to."""

from shuro_tui.core.meaning import Meaning, Only, Settlement
from shuro_tui.core.names import bare

Subject = tuple[str, Only | None]
Meanings = dict[Subject, Meaning]


def ident(name: str) -> str:
    """What names of their own are told apart by; "" for a name that is blank."""
    return bare(name) or name.strip()


def meanings(settlements: tuple[Settlement, ...], case: str) -> Meanings:
    """What was said of the names of a case."""
    return {(ident(each.name), each.only): each.meaning for each in settlements if each.case == case}


def settled(
    settlements: tuple[Settlement, ...], case: str, names: tuple[str, ...], meaning: Meaning | None, only: Only | None
) -> tuple[Settlement, ...]:
    """With what was said of the names now; None: nothing, so that they stand for what is recognised in them.

    A name goes into the last of the names that follow each other, so that none goes into itself.
    """
    about = {ident(name): name for name in names}
    new = about
    if meaning is not None and meaning.organisation is None and meaning.into:
        meaning = Meaning(into=follow(meaning.into, None, meanings(settlements, case))[0])
        new = {each: name for each, name in about.items() if each != ident(meaning.into)}
    # A name that others go into keeps what was said of it; a row that goes back to its name has nothing of its own.
    gone = new if only is None else about
    kept = (each for each in settlements if (each.case, each.only) != (case, only) or ident(each.name) not in gone)
    return (*kept, *(Settlement(case, name, meaning, only) for name in new.values() if meaning is not None))


def follow(name: str, only: Only | None, said: Meanings) -> tuple[str, Meaning | None]:
    """The name that a name goes into, itself when into none, and what was said of that."""
    if not said:
        return name, None
    meaning = said.get((ident(name), only)) or said.get((ident(name), None))
    met = {ident(name)}
    while meaning is not None and meaning.organisation is None and meaning.into and ident(meaning.into) not in met:
        name = meaning.into
        met.add(ident(name))
        meaning = said.get((ident(name), None))
    return name, meaning
