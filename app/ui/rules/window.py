"""The rules window: the chain on the left, one rule in the middle, the text on the right."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from app import formats
from app.connectors.policy_file import predefined_policies
from app.domain.journal import Changes
from app.domain.policy import Policy, RuleSet
from app.domain.rule_cover import idle_rules
from app.errors import BadPolicy
from app.i18n import _
from app.operations.policy import (
    Coming,
    coming_policies,
    publish_policy,
    rules_text,
    withdraw_policy,
)
from app.operations.policy_effect import Effect
from app.ui.icons import Icon
from app.ui.rules.chain_list import ChainList
from app.ui.rules.draft import Draft
from app.ui.rules.effect_view import EffectView, effect_said
from app.ui.rules.forms import RulesForms
from app.ui.rules.head import RulesHead
from app.ui.rules.periods import Period
from app.ui.rules.start_box import StartBox
from app.ui.rules.text_view import TextView
from app.ui.rules.trying import Trying
from app.ui.session import Session
from app.ui.widgets.banner import Banner
from app.ui.widgets.footer import Footer
from app.ui.widgets.key_cap import ICON_PROPERTY, KeyButton
from app.ui.widgets.side_window import SideWindow
from app.ui.widgets.toast import News
from app.wording.rules import idle_in_words

_LEAST = QSize(940, 520)


class RulesWindow(SideWindow):
    """Form and text say the same at any time; nothing is in force before it is published."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("rules", _("Rules"), QSize(1280, 760), parent)
        self._session = session
        self.draft = Draft(Policy(), "")
        self._at = 0
        self._settled = False
        self._coming: tuple[Coming, ...] = ()
        self.head = RulesHead(self)
        self.banner = Banner(self)
        self.chain = ChainList(self)
        self.forms = RulesForms(self)
        self.text = TextView(self)
        self.effect = EffectView(self)
        self.trying = Trying(session, self)
        self.foot = Footer(self)
        self.start = StartBox(self.foot)
        self.publish = self._action(_("Publish"), Icon.PUBLISHED, "Ctrl+P")
        self.start_over = self._action(_("Drop the changes"), Icon.UNDO)
        self.withdraw = self._action(_("Take these rules back"), Icon.RELEASED)
        self._sides = QTabWidget(self)
        self._lay_out()
        self._connect()

    @property
    def settled(self) -> bool:
        """Whether the rules in force were read, and what is shown was tried."""
        return self._settled and not self.trying.is_busy

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.trying.stop()
        super().closeEvent(event)

    # What comes in

    def _read(self, *, over: bool = False) -> None:
        workspace = self._session.workspace

        def then(found: tuple[Policy, str, tuple[Coming, ...]]) -> None:
            policy, text, self._coming = found
            if over or not self._settled:
                self.draft.start_over(policy, text)
                self.start.offer(self._session.now().astimezone(self._session.zone))
            else:
                self.draft.take_force(policy, text)
            self._settled = True
            self._show_all()

        self._session.reckon(
            lambda: (workspace.policy(), rules_text(workspace), coming_policies(workspace)), then
        )

    def _changed(self, changes: Changes) -> None:
        if not self.isVisible():
            return
        if changes.touch("policy"):
            self._read()
        elif changes.touch("order", "stock", "node"):
            self.trying.try_out(self.draft.policy)

    def _try_on(self, period: Period) -> None:
        self.trying.try_on(period)
        self._show_state()

    def _tried(self, effect: Effect) -> None:
        self.effect.show_effect(effect)
        self._sides.setTabText(1, _("Effect ({count})").format(count=len(effect.moved)))
        self.foot.set_summary(effect_said(effect))

    # What a person changes

    def _edit(self, policy: Policy) -> None:
        self.draft.become(policy)
        self._show_all()

    def _written(self, text: str) -> None:
        self.draft.write(text)
        self._show_form()
        self._show_state()

    def _set_rule(self, rule: RuleSet) -> None:
        self.draft.set_rule(self._at, rule)
        self._show_all()

    def _look_at(self, place: int) -> None:
        self._at = place
        self._show_form()
        self.text.show_rule(place)

    def _add(self) -> None:
        self._at = self.draft.add_rule(self._at)
        self._show_all()
        self.forms.rule.label.setFocus()
        self.forms.rule.label.selectAll()

    def _remove(self) -> None:
        self.draft.remove_rule(self._at)
        self._show_all()

    def _move(self, step: int) -> None:
        self._at = self.draft.move_rule(self._at, step)
        self._show_all()

    def _start_from(self, name: str) -> None:
        """Other rules for sourcing; what things cost, tours and carriers stay."""
        chosen = next(policy for policy in predefined_policies() if policy.label == name)
        now = self.draft.policy
        sourcing = replace(now.sourcing, chain=chosen.sourcing.chain)
        self._at = 0
        self._edit(replace(now, label=chosen.label, sourcing=sourcing))

    def _publish(self) -> None:
        if not self.publish.isEnabled():
            return
        workspace, text, zone = self._session.workspace, self.draft.text, self._session.zone
        starts = self.start.starts(zone)

        def told(policy: Policy) -> None:
            title = _("Rules v{version} are in force").format(version=policy.version)
            if starts is not None:
                title = _("Rules v{version} start on {moment}").format(
                    version=policy.version, moment=formats.short_moment(starts, zone)
                )
            self._session.news.emit(News(title, _(policy.label), icon=Icon.PUBLISHED))
            self._read(over=True)

        self._session.submit(lambda: publish_policy(workspace, text, starts=starts), told)

    def _withdraw(self) -> None:
        workspace = self._session.workspace
        self._session.submit(
            lambda: withdraw_policy(workspace), lambda _settled: self._read(over=True)
        )

    # What is shown

    def _show_all(self) -> None:
        self._show_form()
        self.text.show_text(self.draft.text)
        self._show_state()

    def _show_form(self) -> None:
        policy, chain = self.draft.policy, self.draft.chain
        self._at = min(self._at, len(chain) - 1)
        self.head.show_label(policy.label)
        self.chain.show_chain(chain, self._at)
        self.forms.show_policy(policy, self._at)

    def _show_state(self) -> None:
        draft = self.draft
        wrong = draft.trouble
        version = max((one.policy.version for one in self._coming), default=0)
        version = max(version, draft.in_force.version)
        self.text.mark_line(wrong.line if wrong is not None else 0)
        self.head.say_state(draft, self._coming, self._session.zone)
        if wrong is None:
            self.banner.say(_idle(draft.policy), "warn")
        else:
            self.banner.say(_said(wrong), "danger")
        self.publish.setText(_("Publish v{version}").format(version=version + 1))
        may_publish = draft.changed or self.start.tick.isChecked()
        self.publish.setEnabled(wrong is None and may_publish)
        self.start_over.setEnabled(wrong is not None or draft.changed)
        self.withdraw.setEnabled(version > 0 and wrong is None and not draft.changed)
        self.withdraw.setText(_("Take v{version} back").format(version=version))
        if wrong is None:
            self.effect.show_effect(None)
            self.trying.try_out(draft.policy)
        else:
            self.trying.stop()
            self.foot.set_summary("")

    # How it is made

    def _action(self, text: str, icon: Icon, key: str = "") -> QAction:
        action = QAction(text, self)
        action.setProperty(ICON_PROPERTY, icon.value)
        action.setShortcut(key)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.setMinimumSize(_LEAST)
        self._sides.addTab(self.text, "rules.toml")
        self._sides.addTab(self.effect, _("Effect"))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        for part, stretch in ((self.chain, 0), (self.forms, 3), (self._sides, 2)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setChildrenCollapsible(False)
        split.setSizes([190, 600, 490])
        for action in (self.withdraw, self.start_over):
            self.foot.add_button(KeyButton(action, parent=self.foot))
        self.foot.add_button(self.start)
        self.foot.add_button(KeyButton(self.publish, primary=True, parent=self.foot))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(split, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self._session.changed.connect(self._changed)
        self.start.changed.connect(self._show_state)
        self.trying.tried.connect(self._tried)
        self.head.start_asked.connect(self._start_from)
        self.head.named.connect(lambda label: self._edit(replace(self.draft.policy, label=label)))
        self.chain.looked_at.connect(self._look_at)
        self.chain.added.connect(self._add)
        self.chain.removed.connect(self._remove)
        self.chain.moved.connect(self._move)
        self.forms.rule_changed.connect(self._set_rule)
        self.forms.changed.connect(self._edit)
        self.text.written.connect(self._written)
        self.effect.period_asked.connect(self._try_on)
        self.effect.order_asked.connect(lambda order: self._session.selection.choose((order,)))
        for action, run in (
            (self.publish, self._publish),
            (self.start_over, lambda: self._read(over=True)),
            (self.withdraw, self._withdraw),
        ):
            _when(action, run)


def _said(wrong: BadPolicy) -> str:
    return _("Line {line}, {field}: {detail}").format(
        line=wrong.line, field=wrong.field, detail=wrong.detail
    )


def _idle(policy: Policy) -> str:
    """The rules that never decide, if there are any."""
    return " ".join(idle_in_words(*pair) for pair in idle_rules(policy.sourcing.chain))


def _when(action: QAction, run: Callable[[], object]) -> None:
    action.triggered.connect(lambda _on=False: run())
