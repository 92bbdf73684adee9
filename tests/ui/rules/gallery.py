"""The rules window: as published, with a line that cannot be read, and what it would do."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.policy import Rating
from app.operations.policy import publish_policy, rules_text
from app.ui.rules.window import RulesWindow
from app.workspace import Workspace
from tests.builders import NOW
from tests.ui.pictures import Page
from tests.ui.sessions import a_session
from tests.ui.why.mornings import bring_in, promised


class RulesPicture(QWidget):
    """The window on a workspace of its own, gone with the picture."""

    def __init__(self, act: Callable[[RulesWindow], None]) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="regie-picture-")
        place = Path(self._folder.name) / "workspace"
        shutil.copytree(_template(), place)
        self._workspace = Workspace.open(place, user="c.vasseur", clock=lambda: NOW)
        bring_in(self._workspace, *(promised(code) for code in ("480213", "480214", "480215")))
        text = rules_text(self._workspace)
        publish_policy(
            self._workspace, text.replace("split_allowed = true", "split_allowed = false")
        )
        self.session = a_session(self._workspace)
        self.page = RulesWindow(self.session, self)
        self._act: Callable[[RulesWindow], None] | None = act
        self.page.show()
        self.session.start()

    def resizeEvent(self, _event) -> None:  # noqa: N802 - Qt calls it so
        self.page.resize(self.size())

    def grab(self, *_area):
        return self.page.grab()

    def closeEvent(self, event) -> None:  # noqa: N802
        super().closeEvent(event)
        self.session.close()
        self._workspace.close()
        self._folder.cleanup()

    def ready(self) -> bool:
        if not self.page.settled:
            return False
        act, self._act = self._act, None
        if act is not None:
            act(self.page)
            return False
        return True


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="regie-template-"))
    Workspace.open(folder, user="template").close()
    return folder


def _break(page: RulesWindow) -> None:
    page.text.show_text(page.draft.text.replace("distance = 0.9", "distance = -1"))
    page._written(page.text.toPlainText())


def _effect(page: RulesWindow) -> None:
    rule = replace(page.draft.chain[0], ratings=((Rating.KEEP_STOCK, 1.0),))
    page._set_rule(rule)
    page._sides.setCurrentIndex(1)


def _later(page: RulesWindow) -> None:
    page.start.tick.setChecked(True)


def _costs(page: RulesWindow) -> None:
    page.forms.setCurrentIndex(1)


def _tours(page: RulesWindow) -> None:
    page.forms.setCurrentIndex(4)


PAGES = tuple(
    Page(name, partial(RulesPicture, act), ((1280, 760), (1000, 600)), ready=RulesPicture.ready)
    for name, act in (
        ("rules-published", lambda _page: None),
        ("rules-broken", _break),
        ("rules-effect", _effect),
        ("rules-costs", _costs),
        ("rules-tours", _tours),
        ("rules-later", _later),
    )
)
