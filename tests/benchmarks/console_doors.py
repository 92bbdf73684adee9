"""What is done behind the doors of the window: the import of a day's files, the stock explorer."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from app.operations.demonstration import DEFAULT_DAY, Size, write_day
from app.ui.doors import load_the_rest
from app.ui.intake.flow import Stage
from app.ui.intake.window import ImportWindow
from app.ui.main_window.window import MainWindow
from app.ui.stock.picture import Grouping
from app.ui.stock.window import StockWindow

Act = Callable[[], object]
SIZE = Size(180, 20, 12)


class Doors:
    """The windows beside the desk, and what a person does in them."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self._chose = False

    @property
    def settled(self) -> bool:
        """Whether nothing is read, rehearsed, imported or drawn there any more."""
        intake, stock = self._window.findChild(ImportWindow), self._window.findChild(StockWindow)
        read = intake is None or not self._chose or self._is_read(intake)
        return read and (stock is None or not stock.isVisible() or stock.explorer.settled)

    def gestures(self) -> Iterator[tuple[str, Act]]:
        """Open, choose files, look at some of them, import, close; then look into the stock."""
        load_the_rest()  # as the program does once its day is shown
        write_day(self._folder, DEFAULT_DAY + timedelta(days=7), 2, SIZE)
        actions = self._window.actions_registry
        yield "import_open", actions.action("intake.import").trigger
        intake = self._window.findChild(ImportWindow)
        assert intake is not None
        yield "import_choose", lambda: self._choose(intake)
        for path in [wish.path for wish in intake.flow.chosen.wishes][-3:]:
            yield f"import_look_{path.stem}", lambda path=path: intake.flow.turn_to(path)
        yield "import_take_in", intake.flow.take_in
        self._chose = False
        yield "import_close", intake.close
        yield "stock_open", actions.action("stock.open").trigger
        stock = self._window.findChild(StockWindow)
        assert stock is not None
        yield "stock_search", lambda: stock.explorer.ask(search="lamp")
        yield "stock_by_product", lambda: stock.explorer.ask(search="", grouping=Grouping.PRODUCTS)
        yield "stock_close", stock.close

    def _choose(self, intake: ImportWindow) -> None:
        self._chose = True
        intake.open_paths([self._folder])

    def _is_read(self, intake: ImportWindow) -> bool:
        flow = intake.flow
        return not flow.reading.is_busy and (flow.rows is not None or flow.stage is Stage.DONE)
