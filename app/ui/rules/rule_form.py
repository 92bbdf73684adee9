"""One rule of the chain: for which orders it is, what keeps a node out, what ranks the others."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.nodes import NodeKind
from app.domain.orders import Mode
from app.domain.policy import Fence, RuleCondition, RuleSet, SourcingPolicy, Weekday
from app.i18n import _
from app.ui.rules import labels
from app.ui.rules.labels import explained
from app.ui.rules.section import Section
from app.ui.rules.ticks import Ticks
from app.ui.rules.value_box import WordsBox
from app.ui.rules.values_form import ValuesForm
from app.ui.rules.weights_form import WeightsForm
from app.wording.rules import rule_in_words


class RuleForm(QWidget):
    """Each change gives the rule anew."""

    changed = Signal(object)  # RuleSet

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rule: RuleSet | None = None
        self.label = QLineEdit(self)
        self.said = QLabel(self)
        self.fences: Ticks[Fence] = Ticks(Fence, labels.FENCES, 2, self, always=(Fence.HAS_STOCK,))
        self.weights = WeightsForm(self)
        self.limits: ValuesForm[RuleSet] = ValuesForm(RuleSet, labels.RULE, "sourcing.rule", self)
        self.node_kinds: Ticks[NodeKind] = Ticks(NodeKind, labels.NODE_KINDS, 4, self)
        self.modes: Ticks[Mode] = Ticks(Mode, labels.MODES, 3, self)
        self.weekdays: Ticks[Weekday] = Ticks(Weekday, labels.WEEKDAYS, 4, self)
        self.words = {name: self._words(name, text) for name, text in labels.WORDS.items()}
        self.nodes = WordsBox(_("Nodes by their code"), self)
        self.condition: ValuesForm[RuleCondition] = ValuesForm(
            RuleCondition, labels.CONDITION, "sourcing.rule.only", self
        )
        self._lay_out()
        self._connect()

    def show_rule(self, rule: RuleSet, policy: SourcingPolicy) -> None:
        """Show this rule, and what it says in plain words."""
        self._rule = rule
        self.said.setText(rule_in_words(rule, policy))
        if not (self.label.hasFocus() and self.label.isModified()):
            self.label.setText(_(rule.label) if rule.label else rule.name)
        self.fences.show_ticked(rule.fences)
        self.weights.show_weights(rule.ratings)
        self.limits.show_part(rule)
        self.node_kinds.show_ticked(rule.node_kinds)
        self.modes.show_ticked(rule.condition.modes)
        self.weekdays.show_ticked(rule.condition.weekdays)
        self.nodes.show_value(rule.nodes)
        for name, box in self.words.items():
            box.show_value(getattr(rule.condition, name))
        self.condition.show_part(rule.condition)

    def _become(self, **fields: Any) -> None:
        if self._rule is None:
            return
        fresh = replace(self._rule, **fields)
        if fresh != self._rule:
            self._rule = fresh
            self.changed.emit(fresh)

    def _only(self, **fields: Any) -> None:
        if self._rule is not None:
            self._become(condition=replace(self._rule.condition, **fields))

    def _named(self) -> None:
        """A name that comes with the program is kept in its own language."""
        if self._rule is not None and self.label.text() != _(self._rule.label):
            self._become(label=self.label.text().strip())

    def _lay_out(self) -> None:
        self.label.setAccessibleName(_("Name of the rule"))
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setAccessibleName(_("The rule in plain words"))
        self.label.setToolTip(explained("sourcing.rule.label"))
        self.nodes.setToolTip(explained("sourcing.rule.nodes"))
        self.nodes.setPlaceholderText(_("codes such as LIL, RBX"))
        self.weekdays.setToolTip(explained("sourcing.rule.only.weekdays"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.label)
        column.addWidget(self.said)
        for title, hint, inside in (
            (_("What keeps a node out"), "", (self.fences, self.limits)),
            (_("What ranks the others"), _("share of the score"), (self.weights,)),
            (_("Only these nodes"), _("none ticked = all"), (self.node_kinds, self.nodes)),
            (
                _("Only these orders"),
                _("nothing said = all"),
                (self.modes, self._word_lists(), self.weekdays, self.condition),
            ),
        ):
            column.addWidget(Section(title, hint, *inside, parent=self))

    def _words(self, name: str, text: str) -> WordsBox:
        upper = name in ("departments", "countries")
        tidy = str.upper if upper else str.strip
        return WordsBox(_(text), self, tidy=tidy, names=name == "customers")

    def _word_lists(self) -> QWidget:
        """What a condition lists, each kind on its line."""
        lists = QWidget(self)
        grid = QGridLayout(lists)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        for line, (name, box) in enumerate(self.words.items()):
            box.setToolTip(explained(f"sourcing.rule.only.{name}"))
            grid.addWidget(QLabel(_(labels.WORDS[name]), lists), line, 0)
            grid.addWidget(box, line, 1)
        return lists

    def _connect(self) -> None:
        self.label.editingFinished.connect(self._named)
        self.fences.changed.connect(lambda fences: self._become(fences=fences))
        self.weights.changed.connect(lambda weights: self._become(ratings=weights))
        self.limits.changed.connect(self._limited)
        self.node_kinds.changed.connect(lambda kinds: self._become(node_kinds=frozenset(kinds)))
        self.modes.changed.connect(lambda modes: self._only(modes=frozenset(modes)))
        self.weekdays.changed.connect(lambda days: self._only(weekdays=frozenset(days)))
        self.nodes.changed.connect(lambda codes: self._become(nodes=codes))
        for name, box in self.words.items():
            box.changed.connect(lambda words, name=name: self._only(**{name: words}))
        self.condition.changed.connect(
            lambda condition: self._only(
                **{name: getattr(condition, name) for name in labels.CONDITION}
            )
        )

    def _limited(self, rule: RuleSet) -> None:
        self._become(**{name: getattr(rule, name) for name in labels.RULE})
