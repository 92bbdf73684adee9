"""The foot of the pane: the one blue button, another node, the order's history."""

from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.icons import Icon
from app.ui.why import actions as specs
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import KeyButton


class Foot(Footer):
    """Follows the actions; a button that cannot be pressed now is not there."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._accept = KeyButton(actions.action(specs.ACCEPT.id), primary=True, parent=self)
        self._other = KeyButton(actions.action(specs.OTHER_NODE.id), parent=self)
        self._action = actions.action(specs.HISTORY.id)
        self._history = IconButton(Icon.JOURNAL, self._action.text(), parent=self)
        self._history.clicked.connect(self._action.trigger)
        for each in (specs.ACCEPT, specs.OTHER_NODE, specs.HISTORY):
            actions.action(each.id).changed.connect(self._follow)
        self.add_leading_button(self._accept)
        self.add_leading_button(self._other)
        self.add_button(self._history)
        self._follow()

    def show_standing(self, said: str) -> None:
        """How the order stands, where nothing is left to be pressed."""
        self.set_summary("" if self._accept.isEnabled() else said)

    def _follow(self) -> None:
        self._history.setEnabled(self._action.isEnabled())
        self._history.setToolTip(self._action.toolTip())
        for button in (self._accept, self._other):
            button.setVisible(button.isEnabled())
