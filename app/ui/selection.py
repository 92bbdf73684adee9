"""Which orders are selected and which one is hovered: one answer for all panes, without Qt."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Listener = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Selected:
    """Order codes in the order they were picked; the last is the current one."""

    codes: tuple[str, ...] = ()
    _members: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_members", frozenset(self.codes))  # frozen for everyone else

    @property
    def current(self) -> str:
        return self.codes[-1] if self.codes else ""

    def __contains__(self, code: object) -> bool:
        return code in self._members

    def __len__(self) -> int:
        return len(self.codes)


class Selection:
    """One selection for every pane; listeners are told when it or the hovered order changes."""

    def __init__(self) -> None:
        self._selected = Selected()
        self._hovered = ""
        self._listeners: list[Listener] = []
        self._hover_listeners: list[Listener] = []

    @property
    def selected(self) -> Selected:
        return self._selected

    @property
    def hovered(self) -> str:
        return self._hovered

    def listen(self, listener: Listener) -> None:
        """Be told after each change of the selection."""
        self._listeners.append(listener)

    def listen_to_hover(self, listener: Listener) -> None:
        """Be told after each change of the hovered order."""
        self._hover_listeners.append(listener)

    def choose(self, codes: Iterable[str]) -> None:
        """Select exactly these."""
        self._become(tuple(dict.fromkeys(codes)))

    def add(self, codes: Iterable[str]) -> None:
        self._become(tuple(dict.fromkeys((*self._selected.codes, *codes))))

    def take_out(self, codes: Iterable[str]) -> None:
        gone = set(codes)
        self._become(tuple(code for code in self._selected.codes if code not in gone))

    def toggle(self, code: str) -> None:
        (self.take_out if code in self._selected else self.add)((code,))

    def clear(self) -> None:
        self._become(())

    def hover(self, code: str) -> None:
        """Mark an order as the one under the pointer; empty = none."""
        if code != self._hovered:
            self._hovered = code
            for listener in self._hover_listeners:
                listener()

    def _become(self, codes: tuple[str, ...]) -> None:
        if codes != self._selected.codes:
            self._selected = Selected(codes)
            for listener in self._listeners:
                listener()
