"""The catalogue of organisations: agenda/resources.yaml → Catalogue."""

from typing import get_args

from shuro_tui.content import keys
from shuro_tui.content.fields import Fields, Page
from shuro_tui.content.problem import Place
from shuro_tui.content.tree import Node
from shuro_tui.core.model import Catalogue, Origin, Resource, Unsettled
from shuro_tui.i18n import _

_ORIGINS: tuple[Origin, ...] = get_args(Origin)


def read_catalogue(page: Page, node: Node) -> Catalogue:
    """The catalogue; what is wrong with it goes to the page."""
    fields = Fields(page, node, keys.CATALOGUE)
    ids: list[tuple[str, Place]] = []
    # A name that stood for two organisations would settle what only a person can settle.
    names: list[tuple[str, Place]] = []
    resources = tuple(_resource(page, item, ids, names) for item in fields.items("resources", required=True))
    page.unique(ids, _("the id"))
    known = {resource.id for resource in resources}
    unsettled = tuple(_unsettled(page, item, known, names) for item in fields.items("unsettled"))
    page.unique(names, _("the name"))
    return Catalogue(resources, unsettled)


def _resource(page: Page, node: Node, ids: list[tuple[str, Place]], names: list[tuple[str, Place]]) -> Resource:
    fields = Fields(page, node, keys.RESOURCE)
    ids.append(fields.identifier())
    name = fields.text("name")
    names.append((name, _place(fields, "name")))
    aliases = fields.texts("aliases")
    names.extend(aliases)
    return Resource(
        id=ids[-1][0],
        name=name,
        reading=fields.optional("reading"),
        field=fields.text("field"),
        does=fields.optional("does"),
        ask=fields.optional("ask"),
        aliases=tuple(alias for alias, _place_of_it in aliases),
        origin=fields.word("origin", _ORIGINS, "source"),
    )


def _unsettled(page: Page, node: Node, known: set[str], names: list[tuple[str, Place]]) -> Unsettled:
    fields = Fields(page, node, keys.UNSETTLED)
    name = fields.text("name")
    names.append((name, _place(fields, "name")))
    candidates = fields.texts("candidates", required=True)
    for candidate, place in candidates:
        if candidate and candidate not in known:
            page.complain(place, _("no resource has the id '{id}'").format(id=candidate))
    page.unique(candidates, _("the candidate"))
    return Unsettled(name, tuple(candidate for candidate, _place_of_it in candidates))


def _place(fields: Fields, key: str) -> Place:
    node = fields.node(key)
    return fields.place if node is None else node.place
