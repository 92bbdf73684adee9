"""What a file holds, by which mapping it is read, and how it is written: found, or said here."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from app.connectors.feeds.kinds import KINDS
from app.connectors.feeds.tables.dialect import SEPARATORS
from app.connectors.feeds.tables.source import Encoding, Form
from app.connectors.feeds.tables.table import Dialect
from app.i18n import N_, _
from app.operations.intake_files import RULES
from app.operations.intake_preview import Preview
from app.ui.icons import Icon
from app.ui.intake.chosen import Wish
from app.ui.theme import current_theme
from app.ui.widgets.flat_button import IconButton
from app.ui.widgets.strip import Strip
from app.wording import columns as wording

BY_HAND = "\0by hand"  # what the box of mappings holds for one that was changed here
_MARKS = (",", ".")
_NAMES = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar"), ".": N_("point")}


class FileHead(Strip):
    """Boxes in one or two lines; a box that does not apply to the file is not shown."""

    kind_said = Signal(str)
    mapping_said = Signal(str)  # its name; "" = as suggested
    written_said = Signal(str, str)  # encoding, separator, decimal_mark or sheet; "" = as found
    save_asked = Signal()
    more_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        height = 2 * current_theme().tokens.sizes.button + 22
        super().__init__(height, surface="surface0", parent=parent)
        self.kind = self._box(_("Holds"), 160)
        self.mapping = self._box(_("Read by"), 190)
        self.encoding = self._box(_("Encoding"), 176)
        self.separator = self._box(_("Separator"), 120)
        self.decimal_mark = self._box(_("Decimals"), 104)
        self.sheet = self._box(_("Sheet"), 150)
        self.save = IconButton(Icon.SAVED, _("Save this mapping…"), parent=self)
        self.more = IconButton(Icon.MORE, _("Mapping files…"), parent=self)
        self._labels: dict[QComboBox, QLabel] = {}
        self._offer_kinds()
        self._lay_out()
        self._connect()

    def show_file(self, wish: Wish, preview: Preview | None, saved: Sequence[str]) -> None:
        """Show what is known of the file."""
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(self.kind.findData(wish.file.kind))
        is_table = wish.file.kind != RULES
        self._show(self.mapping, shown=is_table and bool(wish.file.kind))
        self.save.setVisible(is_table and preview is not None)
        self.more.setVisible(is_table)
        self._offer_mappings(wish, saved)
        dialect = preview.dialect if preview is not None else None
        self._show_dialect(wish, dialect, is_table=is_table)

    def _show_dialect(self, wish: Wish, dialect: Dialect | None, *, is_table: bool) -> None:
        said = wish.file.mapping
        is_book = dialect is not None and dialect.form is Form.XLSX
        for box in (self.encoding, self.separator, self.decimal_mark):
            self._show(box, shown=is_table and not is_book)
        self._show(self.sheet, shown=is_book and dialect is not None and len(dialect.sheets) > 1)
        found = dialect.encoding.value if dialect else ""
        choices = [(one.value, one.value) for one in Encoding if one is not Encoding.UTF_8_BOM]
        _offer(self.encoding, found, choices, said.encoding if said else "")
        found = _plain(dialect.separator) if dialect else ""
        choices = [(_named(one), one) for one in SEPARATORS]
        _offer(self.separator, found, choices, said.separator if said else "")
        found = _plain(dialect.decimal_mark) if dialect else ""
        choices = [(_named(one), one) for one in _MARKS]
        _offer(self.decimal_mark, found, choices, said.decimal_mark if said else "")
        if dialect is not None and is_book:
            self._offer_sheets(dialect)

    def _offer_sheets(self, dialect: Dialect) -> None:
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for name in dialect.sheets:
                self.sheet.addItem(name, name)
            self.sheet.setCurrentIndex(self.sheet.findData(dialect.sheet))

    def _offer_kinds(self) -> None:
        self.kind.setPlaceholderText(_("What does it hold?"))
        for name in (kind.name for kind in KINDS):
            self.kind.addItem(_(wording.KINDS[name]), name)
        self.kind.addItem(_(wording.KINDS[RULES]), RULES)
        self.kind.setMaxVisibleItems(16)
        self.kind.setCurrentIndex(-1)

    def _offer_mappings(self, wish: Wish, saved: Sequence[str]) -> None:
        with QSignalBlocker(self.mapping):
            self.mapping.clear()
            self.mapping.addItem(_("its own titles"), "")
            for name in saved:
                self.mapping.addItem(name, name)
            if wish.by_hand:
                self.mapping.addItem(_("as changed here"), BY_HAND)
            chosen = BY_HAND if wish.by_hand else wish.file.mapping_name
            self.mapping.setCurrentIndex(max(0, self.mapping.findData(chosen)))

    def _box(self, name: str, width: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setFixedWidth(width)
        return box

    def _show(self, box: QComboBox, *, shown: bool) -> None:
        box.setVisible(shown)
        self._labels[box].setVisible(shown)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 10, 7)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for line, boxes in enumerate(
            (
                (self.kind, self.mapping),
                (self.encoding, self.separator, self.decimal_mark, self.sheet),
            )
        ):
            row = QHBoxLayout()
            row.setSpacing(6)
            for box in boxes:
                label = self._labels[box] = QLabel(box.accessibleName(), self)
                label.setProperty("role", "label")
                label.setBuddy(box)
                row.addWidget(label)
                row.addWidget(box)
                row.addSpacing(8)
            if line == 0:
                row.addWidget(self.save)
                row.addWidget(self.more)
            row.addStretch(1)
            grid.addLayout(row, line, 0, Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _at: self.kind_said.emit(self.kind.currentData()))
        self.mapping.activated.connect(self._mapping_chosen)
        for name, box in (
            ("encoding", self.encoding),
            ("separator", self.separator),
            ("decimal_mark", self.decimal_mark),
            ("sheet", self.sheet),
        ):
            box.activated.connect(
                lambda _at, name=name, box=box: self.written_said.emit(name, box.currentData())
            )
        self.save.clicked.connect(self.save_asked)
        self.more.clicked.connect(self.more_asked)

    def _mapping_chosen(self) -> None:
        if self.mapping.currentData() != BY_HAND:
            self.mapping_said.emit(self.mapping.currentData())


def _offer(box: QComboBox, found: str, choices: Iterable[tuple[str, str]], said: str) -> None:
    """What was found comes first; what a person may say instead, after it."""
    with QSignalBlocker(box):
        box.clear()
        first = _("{found} (auto)").format(found=found) if found and not said else _("auto")
        box.addItem(first, "")
        for words, value in choices:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(said)) if said else 0)


def _named(mark: str) -> str:
    """A mark with its name: a comma alone is hard to see."""
    return _(_NAMES[mark]) if mark == "\t" else f"{mark}  {_(_NAMES[mark])}"


def _plain(mark: str) -> str:
    return _(_NAMES[mark]) if mark == "\t" else mark
