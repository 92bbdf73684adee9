"""The forms of the rules, each on its tab: a rule, costs, offers, promises, tours, carriers."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.domain.policy import (
    CarriagePolicy,
    Policy,
    PromisePolicy,
    SourcingPolicy,
    TouringPolicy,
)
from app.i18n import _
from app.ui.rules import labels
from app.ui.rules.offers_form import OffersForm
from app.ui.rules.rule_form import RuleForm
from app.ui.rules.values_form import ValuesForm

#: Room for the bar that scrolls a form.
_BAR = 14


class RulesForms(QTabWidget):
    """`rule_changed` tells of the rule looked at, `changed` of all else."""

    rule_changed = Signal(object)  # RuleSet
    changed = Signal(object)  # Policy

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._policy = Policy()
        self.rule = RuleForm(self)
        self.sourcing = ValuesForm(SourcingPolicy, labels.SOURCING, "sourcing", self)
        self.offers = OffersForm(self)
        self.promise = ValuesForm(PromisePolicy, labels.PROMISE, "promise", self)
        self.touring = ValuesForm(TouringPolicy, labels.TOURING, "touring", self)
        self.carriage = ValuesForm(CarriagePolicy, labels.CARRIAGE, "carriage", self)
        for title, form in (
            (_("Rule"), self.rule),
            (_("Splits and costs"), self.sourcing),
            (_("Offers"), self.offers),
            (_("Promises"), self.promise),
            (_("Tours"), self.touring),
            (_("Carriers"), self.carriage),
        ):
            self.addTab(_scrolled(form), title)
        self.rule.changed.connect(self.rule_changed)
        self.sourcing.changed.connect(lambda part: self._become(sourcing=part))
        self.offers.changed.connect(lambda part: self._become(offers=part))
        self.promise.changed.connect(lambda part: self._become(promise=part))
        self.touring.changed.connect(lambda part: self._become(touring=part))
        self.carriage.changed.connect(lambda part: self._become(carriage=part))

    def show_policy(self, policy: Policy, at: int) -> None:
        """Show these rules; `at` is the place of the one looked at."""
        self._policy = policy
        self.rule.show_rule(policy.sourcing.chain[at], policy.sourcing)
        self.sourcing.show_part(policy.sourcing)
        self.offers.show_part(policy.offers)
        self.promise.show_part(policy.promise)
        self.touring.show_part(policy.touring)
        self.carriage.show_part(policy.carriage)

    def _become(self, **parts: Any) -> None:
        self.changed.emit(replace(self._policy, **parts))


def _scrolled(form: QWidget) -> QScrollArea:
    """A form as long as it needs, in as much room as there is."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(14, 12, 14, 12)
    column.addWidget(form)
    column.addStretch(1)
    inside.setAutoFillBackground(True)
    inside.setBackgroundRole(QPalette.ColorRole.Base)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setMinimumWidth(inside.minimumSizeHint().width() + _BAR)
    area.viewport().setBackgroundRole(QPalette.ColorRole.Base)
    return area
