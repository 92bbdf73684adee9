"""The parts of the window by themselves, filled as a desk fills them on a Tuesday morning."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.formats import NO_BREAK_SPACE
from app.ui.actions import Actions, ActionSpec, Menu, Scope
from app.ui.icons import Icon
from app.ui.theme import Theme, current_theme
from app.ui.widgets.caption import Caption
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flat_button import IconButton, LinkButton
from app.ui.widgets.footer import Footer
from app.ui.widgets.job_strip import JobNews, JobStrip
from app.ui.widgets.key_cap import KeyButton, KeyCap
from app.ui.widgets.kpi_bar import KpiBar
from app.ui.widgets.looks import Badge, Run
from app.ui.widgets.marks import paint_badge, paint_cap, paint_chip, paint_meter
from app.ui.widgets.palette import CommandPalette
from app.ui.widgets.palette_rows import PaletteEntry
from app.ui.widgets.pane import Pane
from app.ui.widgets.rows import RowsModel
from app.ui.widgets.rows_table import RowsTable, rows_table
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.toast import News, Toasts
from app.ui.widgets.view_tabs import SavedView, ViewTabs
from resources import resource
from tests.ui.desk_data import columns, kpis, morning, say
from tests.ui.pictures import Page


def desk_actions(window: QWidget) -> Actions:
    """A few actions in several states."""
    actions = Actions(window)
    nothing = say("nothing is selected", "rien n'est sélectionné")
    specs = [
        (ActionSpec(id="import", text=say("Import…", "Importer…"), icon=Icon.IMPORT,
                    shortcut="Ctrl+O", menu=Menu.FILE), ""),
        (ActionSpec(id="undo", text=say("Undo", "Annuler"), icon=Icon.UNDO, shortcut="Ctrl+Z",
                    menu=Menu.EDIT), ""),
        (ActionSpec(id="accept", text=say("Accept the 17 sure ones", "Accepter les 17 sûres"),
                    icon=Icon.ACCEPT, menu=Menu.SOURCING), ""),
        (ActionSpec(id="assign", text=say("Assign to LAM, T4", "Affecter à LAM, T4"),
                    icon=Icon.ACCEPT, shortcut="Return", scope=Scope.PANE,
                    menu=Menu.SOURCING), ""),
        (ActionSpec(id="offer", text=say("Offer to…", "Proposer à…"), icon=Icon.OFFERS,
                    shortcut="O", scope=Scope.PANE, menu=Menu.SOURCING), ""),
        (ActionSpec(id="optimise", text=say("Optimise", "Optimiser"), icon=Icon.OPTIMISE,
                    shortcut="F5", menu=Menu.TOURS), ""),
        (ActionSpec(id="lock", text=say("Lock", "Verrouiller"), icon=Icon.LOCKED, shortcut="V",
                    scope=Scope.PANE, menu=Menu.TOURS), nothing),
        (ActionSpec(id="close_day", text=say("Close the day", "Clôturer le jour"),
                    icon=Icon.CLOSED, menu=Menu.TOURS),
         say("2 tours are not published", "2 tournées ne sont pas publiées")),
    ]  # fmt: skip
    for spec, why in specs:
        actions.register(spec, lambda: None, lambda why=why: why)
    return actions


def orders_table(parent: QWidget | None = None) -> RowsTable:
    """The worklist with one order chosen and one under the pointer."""
    model = RowsModel(columns(), key=lambda row: row.code)
    table = rows_table(model, parent)
    model.setParent(table)
    table.sort_by("left")
    model.show_rows(morning())
    table.show_chosen(["480213"])
    table.show_hovered("480222")
    return table


def orders_content(actions: Actions) -> QWidget:
    """Tabs over the worklist over its footer."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    tabs = ViewTabs()
    tabs.show_views(
        [
            SavedView("to_source", say("To source", "À affecter"), 23),
            SavedView("offered", say("Offered", "Proposées"), 6),
            SavedView("to_plan", say("To plan", "À planifier"), 4),
            SavedView("at_risk", say("At risk", "À risque"), 7),
            SavedView("to_book", say("To book", "À réserver"), 12),
            SavedView("anomalies", say("Anomalies", "Anomalies"), 3),
            SavedView("all", say("All", "Toutes"), 182),
        ]
    )
    tabs.add_tool(IconButton(Icon.FILTER, say("Filter", "Filtrer"), key="Ctrl+F"))
    tabs.add_tool(IconButton(Icon.COLUMNS, say("Columns", "Colonnes")))
    footer = Footer()
    nbsp = NO_BREAK_SPACE
    footer.set_summary(
        say(f"23 orders · 46 parcels · 413.1{nbsp}kg", f"23 commandes · 46 colis · 413,1{nbsp}kg"),
        say("1 selected", "1 sélectionnée"),
    )
    footer.add_button(KeyButton(actions.action("offer")))
    footer.add_button(KeyButton(actions.action("accept"), primary=True))
    table = orders_table()
    column.addWidget(tabs)
    column.addWidget(table, 1)
    column.addWidget(footer)
    content.setFocusProxy(table)
    return content


def desk() -> QMainWindow:
    """Menu bar, figures, the orders pane and the status bar."""
    window = QMainWindow()
    window.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    actions = desk_actions(window)
    actions.fill(window.menuBar())
    bar = KpiBar()
    bar.show_kpis(kpis())
    bar.set_active("to_source")
    top = QWidget()
    column = QVBoxLayout(top)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(bar)
    window.setMenuWidget(_over(window.menuBar(), top))
    pane = Pane("orders", say("Orders", "Commandes"), Icon.ORDERS, orders_content(actions), window)
    pane.set_subtitle(say("182 today · by deadline", "182 du jour · tri par échéance"))
    other = Pane("map", say("Map", "Carte"), Icon.MAP, _nothing_yet(actions), window)
    other.set_subtitle(say("no tours", "aucune tournée"))
    other.add_tool(KeyButton(actions.action("optimise")))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, pane)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, other)
    window.splitDockWidget(pane, other, Qt.Orientation.Horizontal)
    window.resizeDocks([pane, other], [936, 981], Qt.Orientation.Horizontal)
    job = JobStrip()
    job.show_job(a_job())
    window.statusBar().setSizeGripEnabled(False)
    window.statusBar().addWidget(job)
    window.statusBar().addPermanentWidget(_journal_line(actions))
    pane.content.setFocus()
    return window


def _over(first: QWidget, second: QWidget) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(first)
    column.addWidget(second)
    return both


def a_job() -> JobNews:
    """A re-optimisation under way."""
    return JobNews(
        what=say("Gentle re-optimisation of T8", "Ré-optimisation douce de T8"),
        fraction=0.62,
        note=say("best −3.1 km, lateness −5 min", "meilleur −3,1 km, retard −5 min"),
        stop=say("Stop and keep", "Arrêter et garder"),
        curve=((0.2, 980.0), (0.5, 900.0), (1.4, 860.0), (3.0, 851.0), (7.5, 842.0)),
    )


def _nothing_yet(actions: Actions) -> QWidget:
    sentence = say(
        "No tours yet. 99 shipments are ready.",
        "Aucune tournée ce jour. 99 expéditions sont prêtes.",
    )
    return EmptyState(Icon.TOUR, sentence, actions.action("optimise"))


def _journal_line(actions: Actions) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(8, 0, 8, 0)
    row.setSpacing(6)
    said = say("09:41 · T9 locked by C. Vasseur", "09:41 · T9 verrouillée par C. Vasseur")
    row.addWidget(Caption(Run(said, "text2", small=True)))
    undo = LinkButton(actions.action("undo").text())
    undo.follow(actions.action("undo"))
    row.addWidget(undo)
    row.addWidget(KeyCap("Ctrl+Z"))
    return line


def palette_open() -> QWidget:
    """The palette over the desk, with letters typed and one action greyed with its reason."""
    window = desk()
    palette = CommandPalette(window)
    entries = window.findChild(Actions).entries()
    palette.searched.connect(lambda query: palette.show_results(query, _results()))
    window.show()
    palette.open(entries)
    palette.findChild(QLineEdit).setText(say("lo", "er"))
    palette.show_results(say("lo", "er"), _results())
    return window


def _results() -> list[PaletteEntry]:
    return [
        PaletteEntry(text="480\u202f187 · Bouchet, Inès", detail="59100 Roubaix", icon=Icon.ORDER,
                     run=lambda: None),
        PaletteEntry(text="Lille Centre", detail="LIC", icon=Icon.STORE, run=lambda: None),
    ]  # fmt: skip


def toasts() -> QWidget:
    """Three toasts in the corner."""
    window = QWidget()
    window.setAutoFillBackground(True)
    corner = Toasts(window)
    corner.tell(News(title=say("Import finished", "Import terminé"), status="info", icon=Icon.INFO))
    corner.tell(
        News(
            title=say("Stock of LIC is 11 min old", "Le stock de LIC date de 11 min"),
            line=say("The desk works on its copy.", "Le poste travaille sur sa copie."),
            status="warn",
            icon=Icon.WARNING,
        )
    )
    corner.tell(
        News(
            title=say("480 151 taken by Roubaix", "480 151 prise en charge par Roubaix"),
            line=say(
                "Tourcoing and Villeneuve-d'Ascq no longer see it.",
                "Tourcoing et Villeneuve-d'Ascq ne la voient plus.",
            ),
            link=say("Show", "Voir"),
        )
    )
    return window


def controls() -> QWidget:
    """Every plain control of Qt in every state."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.setSpacing(10)
    actions = desk_actions(window)
    column.addLayout(_row(*(KeyButton(actions.action(name)) for name in ("offer", "lock"))))
    primary = [
        KeyButton(actions.action(n), primary=True) for n in ("assign", "accept", "close_day")
    ]
    column.addLayout(_row(*primary))
    field, empty, off = QLineEdit("59130 Lambersart"), QLineEdit(), QLineEdit("off")
    empty.setPlaceholderText(say("Town or postcode", "Commune ou code postal"))
    off.setEnabled(False)
    spin, combo = QSpinBox(), QComboBox()
    combo.addItems([say("tour", "tournée"), say("carrier", "transporteur")])
    search = SearchField(say("Search", "Rechercher"), key="Ctrl+K")
    column.addLayout(_row(field, empty, off, spin, combo, search))
    ticked, half, unticked, dead = (QCheckBox(text) for text in "ABCD")
    ticked.setChecked(True)
    half.setTristate(True)
    half.setCheckState(Qt.CheckState.PartiallyChecked)
    dead.setEnabled(False)
    radio, other = QRadioButton("E"), QRadioButton("F")
    radio.setChecked(True)
    column.addLayout(_row(ticked, half, unticked, dead, radio, other))
    progress, slider = QProgressBar(), QSlider(Qt.Orientation.Horizontal)
    progress.setTextVisible(False)
    progress.setValue(62)
    slider.setValue(40)
    column.addLayout(_row(progress, slider))
    icons = [IconButton(each, each.name) for each in list(Icon)]
    for start in range(0, len(icons), 24):
        column.addLayout(_row(*icons[start : start + 24]))
    column.addWidget(QPlainTextEdit(say("Reply, or pin a stop…", "Répondre, ou épingler…")))
    for role in ("headline", "strong", "label", "hint", "small"):
        label = QLabel(f"{role}: 1 234,50 €")
        label.setProperty("role", role)
        column.addWidget(label)
    search.setFocus()
    return window


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


_STATUS_ICONS = {
    "success": Icon.DONE,
    "warn": Icon.WARNING,
    "danger": Icon.LATE,
    "info": Icon.SEEN,
    "provisional": Icon.PROVISIONAL,
    "offline": Icon.OFFLINE,
}


def signs() -> QWidget:
    """The small signs on every ground they stand on."""
    theme = current_theme()
    sheet = QPixmap(620, 240)
    with QPainter(sheet) as painter:
        for line, ground in enumerate(("surface0", "hover", "selection", "surface1")):
            _paint_signs(painter, theme, QRect(0, line * 60, sheet.width(), 60), ground)
    label = QLabel()
    label.setPixmap(sheet)
    return label


def _paint_signs(painter: QPainter, theme: Theme, band: QRect, ground: str) -> None:
    painter.fillRect(band, theme.colour(ground))
    left = 10
    for number in range(1, 15):
        left += paint_chip(painter, QRect(left, band.y(), 40, 30), theme, number) + 4
    for key in ("O", "Ctrl+K"):
        left += paint_cap(painter, QRect(left, band.y(), 60, 30), theme, key) + 4
    left = 10
    for status, sign in _STATUS_ICONS.items():
        badge = Badge(status, status, sign)
        left += paint_badge(painter, QRect(left, band.y() + 30, 120, 30), theme, badge) + 6
    for fraction, fill in ((0.02, "warn_solid"), (0.6, "text3"), (1.0, "danger")):
        place = QRect(left, band.y() + 42, 30, 6)
        paint_meter(painter, place, theme, fraction, fill)
        left += 40


def figures() -> QWidget:
    """The day's figures where there is little room."""
    bar = KpiBar()
    bar.show_kpis(kpis())
    bar.set_active("unplanned")
    bar.set_corner(Caption(Run(say("Saved 09:41", "Enregistré 09:41"), "success", strong=True)))
    return bar


def app_icon() -> QWidget:
    """The program's mark at the sizes that systems ask for."""

    window = QWidget()
    row = QHBoxLayout(window)
    mark = QIcon(str(resource("icons", "regie.svg")))
    for pixels in (16, 24, 32, 48, 64, 128):
        label = QLabel()
        label.setPixmap(mark.pixmap(QSize(pixels, pixels)))
        row.addWidget(label)
    return window


PAGES = [
    Page("desk", desk, ((1920, 1080), (1366, 768))),
    Page("palette", palette_open, ((1366, 768),)),
    Page("toasts", toasts, ((480, 240),)),
    Page("controls", controls, ((900, 560),)),
    Page("figures", figures, ((1000, 44),)),
    Page("signs", signs, ((620, 240),)),
    Page("icon", app_icon, ((420, 150),)),
]
