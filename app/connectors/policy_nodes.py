"""Whether a rules file names nodes that there are: said with the line, before it is in force."""

from collections.abc import Iterable, Iterator

from app.connectors.toml_lines import Path, TomlLines
from app.domain.nodes import StockNode
from app.domain.policy import Policy
from app.errors import BadPolicy
from app.i18n import _


def refuse_unknown_nodes(policy: Policy, text: str, file: str, nodes: Iterable[StockNode]) -> None:
    """Refuse rules that name an unknown node; before any node is known, every name is taken.

    Raises:
        BadPolicy: a node is not there, with line and field.
    """
    known = {node.code for node in nodes}
    if not known:
        return
    for path, code in _named(policy):
        if code not in known:
            field = ".".join(str(part) for part in path if isinstance(part, str))
            detail = _("there is no node “%(node)s”.") % {"node": code}
            raise BadPolicy(file, TomlLines(text).of(path), field, detail)


def _named(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Every node that is named, and where."""
    if policy.sourcing.fallback_node:
        yield ("sourcing", "fallback_node"), policy.sourcing.fallback_node
    for place, rule in enumerate(policy.sourcing.chain):
        for code in sorted(rule.nodes):
            yield ("sourcing", "rule", place, "nodes"), code
