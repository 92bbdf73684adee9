"""Lines of a name, what is said of it, and a figure at the end."""

from app.i18n import N_
from app.ui.widgets.lines import Cell, Layout, Line, Slot, Target
from app.ui.widgets.looks import Align, Elide, Run, Words

FACTS = Layout(
    "facts",
    (
        Slot("name", N_("What"), width=104, least=72),
        Slot("said", N_("Says"), width=180, least=90, grows=True),
        Slot("figure", N_("Figure"), width=64, align=Align.RIGHT),
    ),
    titled=False,
)


def fact(
    key: str,
    name: str,
    said: str,
    figure: str = "",
    *,
    tone: str = "text1",
    strong: bool = False,
    target: Target | None = None,
) -> tuple[Line, ...]:
    """A line, or none where there is nothing to say."""
    if not said:
        return ()
    runs = (Run(said, tone, strong=strong),)
    spills = not figure
    cells = (
        Cell(name, Words((Run(name, "text2"),))),
        Cell(said, Words(runs, spills=spills), tip=said),
        Cell(figure, Words((Run(figure, tone, strong=strong),), Elide.NEVER) if figure else None),
    )
    return (Line(key, cells, target),)
