"""Which plug-ins are installed: entry points by group, ours found like anybody's."""

from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from app.errors import EnvironmentProblem, UnknownSubject

T = TypeVar("T")


def plugin_names(group: str) -> tuple[str, ...]:
    """The names registered in a group, in the order of the alphabet; nothing is loaded."""
    return tuple(sorted({found.name for found in entry_points(group=group)}))


def plugin(group: str, name: str, kind: type[T]) -> T:
    """The plug-in of that name; one that is broken harms only those who ask for it.

    Raises:
        UnknownSubject: nothing is registered under that name.
        EnvironmentProblem: what is registered cannot be loaded, or is something else.
    """
    found = next(iter(entry_points(group=group, name=name)), None)
    if found is None:
        raise UnknownSubject(group, name)
    loaded = _loaded(found)
    if not isinstance(loaded, kind):
        raise EnvironmentProblem("broken_plugin", name=name, detail=type(loaded).__name__)
    return loaded


def _loaded(found: EntryPoint) -> object:
    try:
        return found.load()
    except Exception as fault:  # a stranger's module may raise anything while it is imported
        raise EnvironmentProblem("broken_plugin", name=found.name, detail=str(fault)) from fault
