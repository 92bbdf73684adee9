"""What is loaded once the desk stands, so that the first click on a door does not wait."""

from importlib import import_module

from app.jobs import uncollected

#: Windows that are made when they are first asked for, and the papers that a click writes.
_BEHIND = (
    "app.ui.intake.window",
    "app.ui.offers.window",
    "app.ui.offers.asking",
    "app.ui.offers.answering",
    "app.ui.carriers.window",
    "app.ui.carriers.blocked",
    "app.ui.stock.window",
    "app.ui.promises.window",
    "app.ui.making_room.window",
    "app.ui.shortages.window",
    "app.ui.rules.window",
    "app.ui.ground.window",
    "app.ui.notes.window",
    "app.ui.journal.window",
    "app.ui.orders.addresses.window",
    "app.operations.intake",
    "app.operations.review_maps",
    "app.reports.review_html",
    "app.reports.review_pdf",
    "app.reports.tour_sheet",
)


@uncollected()
def load_the_rest() -> None:
    """Import it all, off the window's thread."""
    for name in _BEHIND:
        import_module(name)
