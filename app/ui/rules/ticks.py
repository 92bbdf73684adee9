"""Several of a few: ticks beside each other."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.i18n import _

Member = TypeVar("Member", bound=StrEnum)


class Ticks(QWidget, Generic[Member]):
    """`always` are ticked whatever a person wants."""

    changed = Signal(tuple)

    def __init__(
        self,
        members: type[Member],
        labels: Mapping[str, str],
        across: int,
        parent: QWidget,
        *,
        always: Iterable[Member] = (),
    ) -> None:
        super().__init__(parent)
        self._always = frozenset(always)
        self.ticks: dict[Member, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        for place, member in enumerate(members):
            tick = self.ticks[member] = QCheckBox(_(labels[member.value]), self)
            tick.setEnabled(member not in self._always)
            tick.toggled.connect(lambda _on: self.changed.emit(self.ticked))
            grid.addWidget(tick, place // across, place % across)
        grid.setColumnStretch(across, 1)

    @property
    def ticked(self) -> tuple[Member, ...]:
        """Those that are ticked, in their own order."""
        return tuple(member for member, tick in self.ticks.items() if tick.isChecked())

    def show_ticked(self, wanted: Iterable[Member]) -> None:
        """Tick these; nothing is told."""
        chosen = {*wanted, *self._always}
        for member, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(member in chosen)
