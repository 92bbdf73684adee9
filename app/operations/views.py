"""Keep and forget named views of lists."""

from app.domain.acts.desk import SaveView
from app.domain.journal import Settled
from app.workspace import Workspace


def save_view(workspace: Workspace, name: str, text: str) -> Settled:
    """Keep a view under a name, in place of an earlier one of that name."""
    return workspace.submit(SaveView(name, text))


def forget_view(workspace: Workspace, name: str) -> Settled:
    """Forget a kept view; undo brings it back."""
    return workspace.submit(SaveView(name, ""))
