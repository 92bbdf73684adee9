"""Which rules these are, what they started from, and what keeps them from being published."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.connectors.policy_file import predefined_policies
from app.formats import short_moment
from app.i18n import _
from app.operations.policy import Coming
from app.ui.icons import Icon
from app.ui.rules.draft import Draft
from app.ui.theme import current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.looks import Run
from app.ui.widgets.strip import Strip


class RulesHead(Strip):
    """One line: a set to start from, the name, the state."""

    start_asked = Signal(str)
    named = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(current_theme().tokens.sizes.button + 14, parent=parent)
        self.start = QComboBox(self)
        self.label = QLineEdit(self)
        self._kept = ""
        self._icon = IconLabel(Icon.PUBLISHED, "success", parent=self)
        self._state = Caption(parent=self)
        self._lay_out()
        self.start.activated.connect(self._started)
        self.label.editingFinished.connect(self._named)

    @property
    def state(self) -> str:
        """What it says of the rules."""
        return self._state.accessibleName()

    def show_label(self, label: str) -> None:
        """Show the name of the rules, and which of the program's own they are."""
        self._kept = label
        if not (self.label.hasFocus() and self.label.isModified()):
            self.label.setText(_(label))
        with QSignalBlocker(self.start):
            self.start.setCurrentIndex(self.start.findData(label))

    def say_state(self, draft: Draft, coming: tuple[Coming, ...], zone: ZoneInfo) -> None:
        """In force, changed, or not to be read; and what starts next."""
        version = draft.in_force.version
        icon, tone, said = Icon.PUBLISHED, "success", _("v{version}, in force")
        said = said.format(version=version)
        if draft.trouble is not None:
            icon, tone, said = Icon.WARNING, "danger", _("cannot be published so")
        elif draft.changed:
            icon, tone = Icon.DRAFT, "warn"
            said = _("changed since v{version}, not published").format(version=version)
            if draft.has_own_words:
                said += f" · {_('adding or moving rules would replace your comments')}"
        elif not version:
            icon, tone, said = Icon.INFO, "text2", _("the program's own rules are in force")
        self._icon.show_icon(icon, tone)
        self._state.set_runs(Run(said, tone), *_next(coming, zone))

    def _started(self) -> None:
        self.start_asked.emit(self.start.currentData())

    def _named(self) -> None:
        """A name that comes with the program is kept in its own language."""
        text = self.label.text().strip()
        if text != _(self._kept):
            self.named.emit(text)

    def _lay_out(self) -> None:
        self.start.setPlaceholderText(_("own rules"))
        self.start.setAccessibleName(_("Start from"))
        for policy in predefined_policies():
            self.start.addItem(_(policy.label), policy.label)
        self.start.setFixedWidth(190)
        self.label.setAccessibleName(_("Name of these rules"))
        self.label.setFixedWidth(190)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 1)
        row.setSpacing(8)
        for text, field in ((_("Start from"), self.start), (_("Called"), self.label)):
            label = QLabel(text, self)
            label.setProperty("role", "label")
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._state)
        row.addStretch(1)


def _next(coming: tuple[Coming, ...], zone: ZoneInfo) -> list[Run]:
    """Which rules start next, and when."""
    if not coming:
        return []
    first = coming[0]
    told = _("· v{version} from {moment} on").format(
        version=first.policy.version, moment=short_moment(first.starts, zone)
    )
    return [Run(told, "info")]
